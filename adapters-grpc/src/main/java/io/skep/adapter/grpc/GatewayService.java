package io.skep.adapter.grpc;

import io.camunda.zeebe.gateway.protocol.GatewayGrpc.GatewayImplBase;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivatedJob;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.BroadcastSignalRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.BroadcastSignalResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CancelProcessInstanceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CancelProcessInstanceResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceWithResultRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceWithResultResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeleteResourceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeleteResourceResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeployProcessRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeployProcessResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeployResourceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeployResourceResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.PublishMessageRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.PublishMessageResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ResolveIncidentRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ResolveIncidentResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.SetVariablesRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.SetVariablesResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.StreamActivatedJobsRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.TopologyRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.TopologyResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.UpdateJobRetriesRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.UpdateJobRetriesResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.UpdateJobTimeoutRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.UpdateJobTimeoutResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.Answer.InstanceCompleted;
import io.skep.domain.engine.Answer.InstanceCreated;
import io.skep.domain.engine.Answer.ResourcesDeployed;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.deployment.DeploymentCommand.DeleteResource;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.domain.engine.instance.InstanceCommand.CancelProcessInstance;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.job.JobCommand.UpdateJobRetries;
import io.skep.domain.engine.job.JobCommand.UpdateJobTimeout;
import io.skep.domain.engine.variable.VariableCommand.SetVariables;
import io.skep.port.in.CommandGateway;
import io.skep.port.in.JobActivation;
import io.skep.port.in.JobStreaming;
import io.skep.port.in.TopologyQuery;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/// The RPCs of the Zeebe gateway protocol. What is not overridden answers UNIMPLEMENTED with its
/// name.
///
/// Runs on the event loops: nothing here waits.
final class GatewayService extends GatewayImplBase {
  private static final long CONFIGURED_TIMEOUT = 0;

  private final CommandGateway commands;
  private final JobActivation jobs;
  private final JobStreaming streaming;
  private final TopologyQuery topology;
  private final GatewayApiSettings settings;
  private final BooleanSupplier roomForAnswers;
  private final Set<WorkerCall<?>> workerCalls = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  /// @param roomForAnswers whether clients may be given more than they have taken so far
  GatewayService(
      CommandGateway commands,
      JobActivation jobs,
      JobStreaming streaming,
      TopologyQuery topology,
      GatewayApiSettings settings,
      BooleanSupplier roomForAnswers) {
    this.commands = commands;
    this.jobs = jobs;
    this.streaming = streaming;
    this.topology = topology;
    this.settings = settings;
    this.roomForAnswers = roomForAnswers;
  }

  /// Ends the requests and streams that wait for jobs. Workers ask elsewhere then.
  void stop() {
    stopping = true;
    workerCalls.forEach(WorkerCall::endEarly);
  }

  @Override
  public void topology(TopologyRequest request, StreamObserver<TopologyResponse> client) {
    client.onNext(TopologyResponses.of(topology.topology(), settings.gatewayVersion()));
    client.onCompleted();
  }

  @Override
  public void deployResource(
      DeployResourceRequest request, StreamObserver<DeployResourceResponse> client) {
    UnaryCall.run(
        commands,
        client,
        () -> Requests.deploy(request),
        CONFIGURED_TIMEOUT,
        ResourcesDeployed.class,
        Responses::deployed);
  }

  @Override
  @Deprecated
  public void deployProcess(
      DeployProcessRequest request, StreamObserver<DeployProcessResponse> client) {
    UnaryCall.run(
        commands,
        client,
        () -> Requests.deploy(request),
        CONFIGURED_TIMEOUT,
        ResourcesDeployed.class,
        Responses::processesDeployed);
  }

  @Override
  public void createProcessInstance(
      CreateProcessInstanceRequest request, StreamObserver<CreateProcessInstanceResponse> client) {
    UnaryCall.run(
        commands,
        client,
        () -> Requests.create(request),
        CONFIGURED_TIMEOUT,
        InstanceCreated.class,
        Responses::created);
  }

  @Override
  public void createProcessInstanceWithResult(
      CreateProcessInstanceWithResultRequest request,
      StreamObserver<CreateProcessInstanceWithResultResponse> client) {
    UnaryCall.run(
        commands,
        client,
        () -> Requests.create(request),
        request.getRequestTimeout(),
        InstanceCompleted.class,
        Responses::completed);
  }

  @Override
  public void cancelProcessInstance(
      CancelProcessInstanceRequest request, StreamObserver<CancelProcessInstanceResponse> client) {
    run(
        client,
        () -> new CancelProcessInstance(request.getProcessInstanceKey()),
        CancelProcessInstanceResponse.getDefaultInstance());
  }

  @Override
  public void activateJobs(
      ActivateJobsRequest request, StreamObserver<ActivateJobsResponse> client) {
    open(
        client,
        call -> {
          var command = Requests.activate(request, settings.maxJobBytes());
          var stream = new JobStream(call, command, settings.maxMessageBytes(), roomForAnswers);
          return () -> stream.start(jobs, request.getRequestTimeout());
        });
  }

  @Override
  public void streamActivatedJobs(
      StreamActivatedJobsRequest request, StreamObserver<ActivatedJob> client) {
    open(
        client,
        call -> {
          var terms = Requests.stream(request, settings.maxJobBytes());
          var stream = new JobPushStream(call, terms, settings.maxMessageBytes());
          return () -> stream.start(streaming);
        });
  }

  /// @param prepare makes of the request what starts it; may throw
  private <R> void open(StreamObserver<R> client, Function<WorkerCall<R>, Runnable> prepare) {
    var call = new WorkerCall<>((ServerCallStreamObserver<R>) client, workerCalls::remove);
    Runnable start;
    try {
      start = prepare.apply(call);
    } catch (RuntimeException e) {
      call.fail(Statuses.of(e));
      return;
    }
    workerCalls.add(call);
    // Looked at after the call is in the set: so either stop() finds it there, or it is seen here.
    if (stopping) call.endEarly();
    else start.run();
  }

  @Override
  public void completeJob(CompleteJobRequest request, StreamObserver<CompleteJobResponse> client) {
    run(
        client,
        () -> new CompleteJob(request.getJobKey(), Requests.variables(request.getVariablesBytes())),
        CompleteJobResponse.getDefaultInstance());
  }

  @Override
  public void failJob(FailJobRequest request, StreamObserver<FailJobResponse> client) {
    run(client, () -> Requests.fail(request), FailJobResponse.getDefaultInstance());
  }

  @Override
  public void throwError(ThrowErrorRequest request, StreamObserver<ThrowErrorResponse> client) {
    run(client, () -> Requests.throwError(request), ThrowErrorResponse.getDefaultInstance());
  }

  @Override
  public void updateJobRetries(
      UpdateJobRetriesRequest request, StreamObserver<UpdateJobRetriesResponse> client) {
    run(
        client,
        () -> new UpdateJobRetries(request.getJobKey(), request.getRetries()),
        UpdateJobRetriesResponse.getDefaultInstance());
  }

  @Override
  public void updateJobTimeout(
      UpdateJobTimeoutRequest request, StreamObserver<UpdateJobTimeoutResponse> client) {
    run(
        client,
        () -> new UpdateJobTimeout(request.getJobKey(), request.getTimeout()),
        UpdateJobTimeoutResponse.getDefaultInstance());
  }

  @Override
  public void resolveIncident(
      ResolveIncidentRequest request, StreamObserver<ResolveIncidentResponse> client) {
    run(
        client,
        () -> new ResolveIncident(request.getIncidentKey()),
        ResolveIncidentResponse.getDefaultInstance());
  }

  @Override
  public void setVariables(
      SetVariablesRequest request, StreamObserver<SetVariablesResponse> client) {
    UnaryCall.run(
        commands,
        client,
        () ->
            new SetVariables(
                request.getElementInstanceKey(),
                Requests.variables(request.getVariablesBytes()),
                request.getLocal()),
        CONFIGURED_TIMEOUT,
        Done.class,
        done -> SetVariablesResponse.newBuilder().setKey(done.key()).build());
  }

  @Override
  public void publishMessage(
      PublishMessageRequest request, StreamObserver<PublishMessageResponse> client) {
    UnaryCall.run(
        commands,
        client,
        () -> Requests.publish(request),
        CONFIGURED_TIMEOUT,
        Done.class,
        done ->
            PublishMessageResponse.newBuilder()
                .setKey(done.key())
                .setTenantId(Tenants.DEFAULT)
                .build());
  }

  @Override
  public void broadcastSignal(
      BroadcastSignalRequest request, StreamObserver<BroadcastSignalResponse> client) {
    UnaryCall.run(
        commands,
        client,
        () -> Requests.broadcast(request),
        CONFIGURED_TIMEOUT,
        Done.class,
        done ->
            BroadcastSignalResponse.newBuilder()
                .setKey(done.key())
                .setTenantId(Tenants.DEFAULT)
                .build());
  }

  @Override
  public void deleteResource(
      DeleteResourceRequest request, StreamObserver<DeleteResourceResponse> client) {
    run(
        client,
        () -> new DeleteResource(request.getResourceKey()),
        DeleteResourceResponse.getDefaultInstance());
  }

  /// For what is answered with nothing but that it is done.
  private <R> void run(StreamObserver<R> client, Supplier<Command> command, R response) {
    UnaryCall.run(commands, client, command, CONFIGURED_TIMEOUT, Done.class, _ -> response);
  }
}
