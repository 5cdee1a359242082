package io.skep.adapter.grpc;

import io.grpc.Status;
import java.util.List;

/// Whose things a request is about. There is one tenant: multi-tenancy is off.
final class Tenants {
  static final String DEFAULT = "<default>";

  private Tenants() {}

  /// @param rpc named in the refusal
  /// @throws io.grpc.StatusRuntimeException if it is another tenant
  static String of(String rpc, String tenantId) {
    if (tenantId.isBlank() || tenantId.equals(DEFAULT)) return DEFAULT;
    throw Status.INVALID_ARGUMENT
        .withDescription(
            "Expected to handle gRPC request %s with no tenant or '%s', but the tenant is '%s' and multi-tenancy is disabled"
                .formatted(rpc, DEFAULT, tenantId))
        .asRuntimeException();
  }

  /// @throws io.grpc.StatusRuntimeException if there is another tenant among them
  static List<String> of(String rpc, List<String> tenantIds) {
    for (String tenantId : tenantIds) of(rpc, tenantId);
    return List.of(DEFAULT);
  }
}
