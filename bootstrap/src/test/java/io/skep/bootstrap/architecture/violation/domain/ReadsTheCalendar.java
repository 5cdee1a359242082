package io.skep.bootstrap.architecture.violation.domain;

import java.time.LocalDate;

final class ReadsTheCalendar {
  int year() {
    return LocalDate.now().getYear();
  }
}
