package io.skep.adapter.export;

import dagger.Binds;
import dagger.Module;
import io.skep.port.out.RecordSink;

/// The record stream. Needs [RecordLogSettings].
@Module
public interface ExportModule {
  @Binds
  RecordSink recordSink(RecordLog log);
}
