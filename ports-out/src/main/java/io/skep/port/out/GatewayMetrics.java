package io.skep.port.out;

/// What a gateway reports of its work. Called on the threads that serve clients; must be cheap.
public interface GatewayMetrics {

  /// A client's call arrived.
  ///
  /// @param method by its name in the Gateway API, such as `CreateProcessInstance`
  void started(String method);

  /// A client's call ended, well or not.
  ///
  /// @param status by its gRPC name, such as `OK` or `RESOURCE_EXHAUSTED`
  /// @param nanos since it arrived
  void ended(String method, String status, long nanos);

  /// How many requests for jobs of a type wait for some now.
  ///
  /// @param requests 0 or more
  void waiting(String jobType, int requests);

  /// How many streams of jobs are open now.
  ///
  /// @param clients workers that hold one open
  /// @param streams what is left if those that take jobs on the same terms count as one
  void jobStreams(int clients, int streams);
}
