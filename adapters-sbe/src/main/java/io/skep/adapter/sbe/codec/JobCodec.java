package io.skep.adapter.sbe.codec;

import io.skep.adapter.sbe.schema.ActivateJobsDecoder;
import io.skep.adapter.sbe.schema.ActivateJobsEncoder;
import io.skep.adapter.sbe.schema.CompleteJobDecoder;
import io.skep.adapter.sbe.schema.CompleteJobEncoder;
import io.skep.adapter.sbe.schema.CompleteJobOnlyDecoder;
import io.skep.adapter.sbe.schema.CompleteJobOnlyEncoder;
import io.skep.adapter.sbe.schema.EndJobStreamDecoder;
import io.skep.adapter.sbe.schema.EndJobStreamEncoder;
import io.skep.adapter.sbe.schema.FailJobDecoder;
import io.skep.adapter.sbe.schema.FailJobEncoder;
import io.skep.adapter.sbe.schema.MessageHeaderEncoder;
import io.skep.adapter.sbe.schema.StreamJobsDecoder;
import io.skep.adapter.sbe.schema.StreamJobsEncoder;
import io.skep.adapter.sbe.schema.ThrowErrorDecoder;
import io.skep.adapter.sbe.schema.ThrowErrorEncoder;
import io.skep.adapter.sbe.schema.UpdateJobRetriesDecoder;
import io.skep.adapter.sbe.schema.UpdateJobRetriesEncoder;
import io.skep.adapter.sbe.schema.UpdateJobTimeoutDecoder;
import io.skep.adapter.sbe.schema.UpdateJobTimeoutEncoder;
import io.skep.adapter.sbe.schema.YieldJobsDecoder;
import io.skep.adapter.sbe.schema.YieldJobsEncoder;
import io.skep.domain.engine.job.JobCommand;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.Activation;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.job.JobCommand.EndJobStream;
import io.skep.domain.engine.job.JobCommand.FailJob;
import io.skep.domain.engine.job.JobCommand.ReleaseJob;
import io.skep.domain.engine.job.JobCommand.StreamJobs;
import io.skep.domain.engine.job.JobCommand.ThrowError;
import io.skep.domain.engine.job.JobCommand.UpdateJobRetries;
import io.skep.domain.engine.job.JobCommand.UpdateJobTimeout;
import io.skep.domain.engine.job.JobCommand.YieldJobs;
import io.skep.domain.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/// Commands about jobs.
final class JobCodec {
  private JobCodec() {}

  static int encode(JobCommand command, MutableDirectBuffer to, int at) {
    var header = new MessageHeaderEncoder();
    return switch (command) {
      case ActivateJobs activate -> encode(activate, to, at);
      case StreamJobs stream -> encode(stream, to, at);
      case EndJobStream(long streamId, String type) ->
          new EndJobStreamEncoder()
              .wrapAndApplyHeader(to, at, header)
              .streamId(streamId)
              .jobType(type)
              .limit();
      case CompleteJob(long jobKey, JsonObject variables) when variables.isEmpty() ->
          new CompleteJobOnlyEncoder().wrapAndApplyHeader(to, at, header).jobKey(jobKey).limit();
      case CompleteJob(long jobKey, JsonObject variables) ->
          new CompleteJobEncoder()
              .wrapAndApplyHeader(to, at, header)
              .jobKey(jobKey)
              .putVariables(variables.text(), 0, variables.text().length)
              .limit();
      case FailJob(
              long jobKey,
              int retries,
              long backoffMs,
              String errorMessage,
              JsonObject variables) ->
          new FailJobEncoder()
              .wrapAndApplyHeader(to, at, header)
              .jobKey(jobKey)
              .backoffMs(backoffMs)
              .retries(retries)
              .errorMessage(errorMessage)
              .putVariables(variables.text(), 0, variables.text().length)
              .limit();
      case ThrowError(long jobKey, String errorCode, String errorMessage, JsonObject variables) ->
          new ThrowErrorEncoder()
              .wrapAndApplyHeader(to, at, header)
              .jobKey(jobKey)
              .errorCode(errorCode)
              .errorMessage(errorMessage)
              .putVariables(variables.text(), 0, variables.text().length)
              .limit();
      case YieldJobs(List<Activation> activations) -> {
        var message = new YieldJobsEncoder().wrapAndApplyHeader(to, at, header);
        var group = message.jobsCount(activations.size());
        for (Activation each : activations) {
          group.next().key(each.jobKey()).deadlineMs(each.deadlineMs());
        }
        yield message.limit();
      }
      case UpdateJobRetries(long jobKey, int retries) ->
          new UpdateJobRetriesEncoder()
              .wrapAndApplyHeader(to, at, header)
              .jobKey(jobKey)
              .retries(retries)
              .limit();
      case UpdateJobTimeout(long jobKey, long timeoutMs) ->
          new UpdateJobTimeoutEncoder()
              .wrapAndApplyHeader(to, at, header)
              .jobKey(jobKey)
              .timeoutMs(timeoutMs)
              .limit();
      case ReleaseJob _ -> throw CommandCodec.staysInItsTurn(command);
    };
  }

  private static int encode(ActivateJobs activate, MutableDirectBuffer to, int at) {
    var message = new ActivateJobsEncoder();
    message
        .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
        .timeoutMs(activate.timeoutMs())
        .maxJobs(activate.maxJobs())
        .maxBytes(activate.maxBytes());
    var names = message.fetchVariablesCount(activate.fetchVariables().size());
    for (String name : activate.fetchVariables()) names.next().name(name);
    var tenants = message.tenantIdsCount(activate.tenantIds().size());
    for (String tenantId : activate.tenantIds()) tenants.next().tenantId(tenantId);
    return message.jobType(activate.type()).worker(activate.worker()).limit();
  }

  private static int encode(StreamJobs stream, MutableDirectBuffer to, int at) {
    var message = new StreamJobsEncoder();
    message
        .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
        .streamId(stream.streamId())
        .timeoutMs(stream.timeoutMs())
        .maxBytes(stream.maxBytes());
    var jobs = message.jobsCount(stream.jobKeys().size());
    for (long key : stream.jobKeys()) jobs.next().key(key);
    var names = message.fetchVariablesCount(stream.fetchVariables().size());
    for (String name : stream.fetchVariables()) names.next().name(name);
    var tenants = message.tenantIdsCount(stream.tenantIds().size());
    for (String tenantId : stream.tenantIds()) tenants.next().tenantId(tenantId);
    return message.jobType(stream.type()).worker(stream.worker()).limit();
  }

  static JobCommand decode(Message message) {
    return switch (message.templateId()) {
      case ActivateJobsDecoder.TEMPLATE_ID ->
          decode(message, message.as(new ActivateJobsDecoder()));
      case StreamJobsDecoder.TEMPLATE_ID -> decode(message, message.as(new StreamJobsDecoder()));
      case EndJobStreamDecoder.TEMPLATE_ID -> {
        var from = message.as(new EndJobStreamDecoder());
        yield new EndJobStream(from.streamId(), message.text(from::wrapJobType));
      }
      case CompleteJobDecoder.TEMPLATE_ID -> {
        var from = message.as(new CompleteJobDecoder());
        yield new CompleteJob(from.jobKey(), message.json(from::wrapVariables));
      }
      case CompleteJobOnlyDecoder.TEMPLATE_ID ->
          new CompleteJob(message.as(new CompleteJobOnlyDecoder()).jobKey(), JsonObject.empty());
      case FailJobDecoder.TEMPLATE_ID -> {
        var from = message.as(new FailJobDecoder());
        yield new FailJob(
            from.jobKey(),
            from.retries(),
            from.backoffMs(),
            message.text(from::wrapErrorMessage),
            message.json(from::wrapVariables));
      }
      case ThrowErrorDecoder.TEMPLATE_ID -> {
        var from = message.as(new ThrowErrorDecoder());
        yield new ThrowError(
            from.jobKey(),
            message.text(from::wrapErrorCode),
            message.text(from::wrapErrorMessage),
            message.json(from::wrapVariables));
      }
      case YieldJobsDecoder.TEMPLATE_ID -> decode(message, message.as(new YieldJobsDecoder()));
      case UpdateJobRetriesDecoder.TEMPLATE_ID -> {
        var from = message.as(new UpdateJobRetriesDecoder());
        yield new UpdateJobRetries(from.jobKey(), from.retries());
      }
      case UpdateJobTimeoutDecoder.TEMPLATE_ID -> {
        var from = message.as(new UpdateJobTimeoutDecoder());
        yield new UpdateJobTimeout(from.jobKey(), from.timeoutMs());
      }
      default -> throw message.unknown("a command about jobs");
    };
  }

  private static ActivateJobs decode(Message message, ActivateJobsDecoder from) {
    var names = from.fetchVariables();
    int nameCount = message.entries(names.count(), names.actingBlockLength(), 0, 1);
    var fetchVariables = new ArrayList<String>(nameCount);
    for (var each : names) fetchVariables.add(message.text(each::wrapName));
    var tenants = from.tenantIds();
    int tenantCount = message.entries(tenants.count(), tenants.actingBlockLength(), 0, 1);
    var tenantIds = new ArrayList<String>(tenantCount);
    for (var each : tenants) tenantIds.add(message.text(each::wrapTenantId));
    return new ActivateJobs(
        message.text(from::wrapJobType),
        message.text(from::wrapWorker),
        from.timeoutMs(),
        from.maxJobs(),
        fetchVariables,
        tenantIds,
        from.maxBytes());
  }

  private static StreamJobs decode(Message message, StreamJobsDecoder from) {
    var jobs = from.jobs();
    int known = StreamJobsDecoder.JobsDecoder.sbeBlockLength();
    int jobCount = message.entries(jobs.count(), jobs.actingBlockLength(), known, 0);
    var keys = new ArrayList<Long>(jobCount);
    for (var each : jobs) keys.add(each.key());
    var names = from.fetchVariables();
    int nameCount = message.entries(names.count(), names.actingBlockLength(), 0, 1);
    var fetchVariables = new ArrayList<String>(nameCount);
    for (var each : names) fetchVariables.add(message.text(each::wrapName));
    var tenants = from.tenantIds();
    int tenantCount = message.entries(tenants.count(), tenants.actingBlockLength(), 0, 1);
    var tenantIds = new ArrayList<String>(tenantCount);
    for (var each : tenants) tenantIds.add(message.text(each::wrapTenantId));
    return new StreamJobs(
        from.streamId(),
        message.text(from::wrapJobType),
        message.text(from::wrapWorker),
        from.timeoutMs(),
        fetchVariables,
        tenantIds,
        from.maxBytes(),
        keys);
  }

  private static YieldJobs decode(Message message, YieldJobsDecoder from) {
    var group = from.jobs();
    int known = YieldJobsDecoder.JobsDecoder.sbeBlockLength();
    int count = message.entries(group.count(), group.actingBlockLength(), known, 0);
    var activations = new ArrayList<Activation>(count);
    for (var each : group) {
      long deadlineMs = each.deadlineMs();
      boolean absent = deadlineMs == YieldJobsDecoder.JobsDecoder.deadlineMsNullValue();
      activations.add(new Activation(each.key(), absent ? Activation.ANY : deadlineMs));
    }
    return new YieldJobs(activations);
  }
}
