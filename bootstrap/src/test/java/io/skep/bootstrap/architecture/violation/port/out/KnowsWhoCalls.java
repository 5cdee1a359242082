package io.skep.bootstrap.architecture.violation.port.out;

import io.skep.bootstrap.architecture.violation.port.in.InnocentPort;

interface KnowsWhoCalls {
  void callBack(InnocentPort caller);
}
