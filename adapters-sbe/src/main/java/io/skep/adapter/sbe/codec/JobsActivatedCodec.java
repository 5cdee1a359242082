package io.skep.adapter.sbe.codec;

import io.skep.adapter.sbe.schema.Flag;
import io.skep.adapter.sbe.schema.JobsActivatedDecoder;
import io.skep.adapter.sbe.schema.JobsActivatedEncoder;
import io.skep.adapter.sbe.schema.MessageHeaderEncoder;
import io.skep.domain.engine.Answer.JobsActivated;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.json.JsonObject;
import java.util.ArrayList;
import org.agrona.MutableDirectBuffer;

/// Jobs on their way to a worker: the largest and most frequent of the answers.
final class JobsActivatedCodec {
  private static final int JOB_PARTS = 7;

  private JobsActivatedCodec() {}

  static int encode(JobsActivated activated, MutableDirectBuffer to, int at) {
    var message = new JobsActivatedEncoder();
    message
        .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
        .truncated(activated.truncated() ? Flag.YES : Flag.NO);
    var group = message.jobsCount(activated.jobs().size());
    for (ActivatedJob job : activated.jobs()) {
      byte[] headers = job.customHeaders().text();
      byte[] variables = job.variables().text();
      group
          .next()
          .key(job.key())
          .processInstanceKey(job.processInstanceKey())
          .processDefinitionKey(job.processDefinitionKey())
          .elementInstanceKey(job.elementInstanceKey())
          .deadlineMs(job.deadlineMs())
          .processDefinitionVersion(job.processDefinitionVersion())
          .retries(job.retries())
          .jobType(job.type())
          .bpmnProcessId(job.bpmnProcessId())
          .elementId(job.elementId())
          .worker(job.worker())
          .tenantId(job.tenantId())
          .putCustomHeaders(headers, 0, headers.length)
          .putVariables(variables, 0, variables.length);
    }
    return message.limit();
  }

  static JobsActivated decode(Message message) {
    var from = message.as(new JobsActivatedDecoder());
    boolean truncated = Message.isYes(from.truncated());
    var group = from.jobs();
    int known = JobsActivatedDecoder.JobsDecoder.sbeBlockLength();
    int count = message.entries(group.count(), group.actingBlockLength(), known, JOB_PARTS);
    var jobs = new ArrayList<ActivatedJob>(count);
    for (var each : group) jobs.add(decode(message, each));
    return new JobsActivated(jobs, truncated);
  }

  private static ActivatedJob decode(Message message, JobsActivatedDecoder.JobsDecoder from) {
    // One after the other: variable-length parts must be read in their order.
    String type = message.text(from::wrapJobType);
    String bpmnProcessId = message.text(from::wrapBpmnProcessId);
    String elementId = message.text(from::wrapElementId);
    String worker = message.text(from::wrapWorker);
    String tenantId = message.text(from::wrapTenantId);
    JsonObject customHeaders = message.json(from::wrapCustomHeaders);
    JsonObject variables = message.json(from::wrapVariables);
    return new ActivatedJob(
        from.key(),
        type,
        from.processInstanceKey(),
        bpmnProcessId,
        from.processDefinitionVersion(),
        from.processDefinitionKey(),
        elementId,
        from.elementInstanceKey(),
        customHeaders,
        worker,
        from.retries(),
        from.deadlineMs(),
        variables,
        tenantId);
  }
}
