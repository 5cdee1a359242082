package io.skep.adapter.grpc;

import dagger.Module;

/// The Gateway API. Needs [GatewayApiSettings] and the gateway's use cases; offers
/// [GatewayApiServer], whose constructor Dagger finds by itself.
@Module
public interface GrpcModule {}
