package io.skep.port.in;

import io.skep.domain.expression.ProcessReader;
import io.skep.port.out.Clock;
import io.skep.port.out.LogCodec;
import io.skep.port.out.Membership;
import io.skep.port.out.OperatorLog;
import io.skep.port.out.PartitionMetrics;
import io.skep.port.out.RecordSink;
import io.skep.port.out.Scheduler;
import jakarta.inject.Provider;

/// What all partitions of a broker share.
///
/// @param leaders a provider, since with an embedded gateway they lead back to these partitions
record PartitionEnvironment(
    PartitionSettings settings,
    ProcessReader reader,
    LogCodec codec,
    Clock clock,
    Scheduler scheduler,
    Membership membership,
    Provider<LeaderCalls> leaders,
    PartitionMetrics metrics,
    RecordSink records,
    DiskRoomUseCase disk,
    OperatorLog log) {}
