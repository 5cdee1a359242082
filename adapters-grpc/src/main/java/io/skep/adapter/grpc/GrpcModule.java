package io.skep.adapter.grpc;

import dagger.Module;

/// The Gateway API. Needs [GatewayApiSettings], the gateway's use cases and GatewayMetrics; offers
/// [GatewayApiServer], whose constructor Dagger finds by itself.
@Module
public interface GrpcModule {}
