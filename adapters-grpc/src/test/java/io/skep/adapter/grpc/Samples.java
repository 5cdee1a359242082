package io.skep.adapter.grpc;

import io.skep.domain.engine.Answer.InstanceCreated;
import io.skep.domain.engine.Answer.ResourcesDeployed;
import io.skep.domain.engine.deployment.DeployedProcess;
import io.skep.domain.engine.deployment.Resource;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What partitions answer in the tests.
final class Samples {
  static final InstanceCreated CREATED = new InstanceCreated(11, "order", 3, 12, "<default>");
  static final JsonObject VARIABLES = json("{\"a\":1}");

  private Samples() {}

  static ResourcesDeployed deployed(Resource file) {
    return new ResourcesDeployed(
        7, List.of(new DeployedProcess("order", 3, 8, file, "<default>", false)), "<default>");
  }

  static ActivatedJob job(long key, String variables) {
    return new ActivatedJob(
        key,
        "work",
        21,
        "order",
        22,
        23,
        "task",
        24,
        json("{\"h\":\"x\"}"),
        "w",
        3,
        25,
        json(variables),
        "<default>");
  }

  static JsonObject json(String text) {
    return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
