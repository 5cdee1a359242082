package io.skep.adapter.http;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderValues.CLOSE;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers one request after the other: the next when the last answer has been written, so that a
/// client that does not read cannot pile up answers in memory.
final class RequestHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

  private final Endpoints endpoints;
  private final RequestDeadline deadline;
  private final Queue<FullHttpRequest> waiting = new ArrayDeque<>();
  private boolean answering;

  RequestHandler(Endpoints endpoints, RequestDeadline deadline) {
    this.endpoints = endpoints;
    this.deadline = deadline;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object request) {
    if (answering) {
      // Requests that came in the same packets. No more are read before these are answered.
      waiting.add((FullHttpRequest) request);
      context.channel().config().setAutoRead(false);
    } else {
      answer(context, (FullHttpRequest) request);
    }
  }

  private void answer(ChannelHandlerContext context, FullHttpRequest request) {
    answering = true;
    FullHttpResponse response;
    try {
      response = response(request);
    } finally {
      request.release();
    }
    context
        .writeAndFlush(response)
        .addListener(
            (ChannelFutureListener)
                written -> {
                  if (written.isSuccess()) next(context);
                  else context.close();
                });
  }

  private void next(ChannelHandlerContext context) {
    answering = false;
    if (!context.channel().isActive()) return;
    FullHttpRequest request = waiting.poll();
    if (request != null) {
      answer(context, request);
    } else {
      deadline.answered(context);
      context.channel().config().setAutoRead(true);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    waiting.forEach(FullHttpRequest::release);
    waiting.clear();
  }

  private FullHttpResponse response(FullHttpRequest request) {
    boolean malformed = request.decoderResult().isFailure();
    Response answer = malformed ? refuse(request.decoderResult().cause()) : answer(request);
    FullHttpResponse response = encode(answer, request.method().equals(HttpMethod.HEAD));
    // Where a malformed request ends and the next one begins is anybody's guess.
    if (malformed) response.headers().set(CONNECTION, CLOSE);
    return response;
  }

  private Response answer(FullHttpRequest request) {
    try {
      return endpoints.answer(request.method().name(), request.uri());
    } catch (RuntimeException e) {
      LOG.error("Expected to answer {} {}, but it failed", request.method(), request.uri(), e);
      return Response.error(500, "Internal Server Error", request.uri(), e.toString());
    }
  }

  private static Response refuse(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ ->
          Response.error(414, "URI Too Long", "", "Expected a shorter request line");
      case TooLongHttpHeaderException _ ->
          Response.error(
              431, "Request Header Fields Too Large", "", "Expected fewer or shorter headers");
      default ->
          Response.error(
              400, "Bad Request", "", "Expected an HTTP/1.1 request, but: " + cause.getMessage());
    };
  }

  private static FullHttpResponse encode(Response answer, boolean headOnly) {
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            headOnly ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body()));
    response.headers().set(CONTENT_TYPE, answer.contentType());
    response.headers().set(CONTENT_LENGTH, answer.body().length);
    answer.headers().forEach((name, value) -> response.headers().set(name, value));
    return response;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A client that goes away mid-request is no news.
    if (!(cause instanceof IOException)) LOG.debug("Closing a connection", cause);
    context.close();
  }
}
