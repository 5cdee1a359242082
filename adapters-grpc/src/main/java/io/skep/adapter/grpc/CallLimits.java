package io.skep.adapter.grpc;

/// How much a gateway has in hand at a time.
///
/// @param calls that are open, those that wait for jobs or results included, 1 or more
/// @param bytes of requests that are under way and of answers that clients have not taken
public record CallLimits(int calls, long bytes) {
  /// What a call takes besides its messages. Measured with 5,000 that wait for jobs: 1,900 bytes.
  /// Those that run a command have more about them.
  private static final int CALL_BYTES = 4_000;

  private static final int LEAST_CALLS = 1_000;

  public CallLimits {
    if (calls < 1 || bytes < 1) {
      throw new IllegalArgumentException(
          "Expected 1 call and 1 byte or more, but they are %d and %d".formatted(calls, bytes));
    }
  }

  /// As many calls as take an eighth of the heap.
  public static int callsOfHeap(long heapBytes) {
    return Math.clamp(heapBytes / 8 / CALL_BYTES, LEAST_CALLS, Integer.MAX_VALUE);
  }

  /// A sixteenth of the heap for messages: they are there in several shapes at a time. Not less
  /// than some of the largest, or none of those could pass.
  public static CallLimits of(int calls, long heapBytes, int maxMessageBytes) {
    return new CallLimits(calls, Math.max(heapBytes / 16, 4L * maxMessageBytes));
  }
}
