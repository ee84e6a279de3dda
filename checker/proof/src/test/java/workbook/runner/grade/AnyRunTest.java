package workbook.runner.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is new in each run is not in a grade; what the learner is to read is. */
class AnyRunTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /jobs/1f3c5a7b../result is answered | GET /jobs/…/result is answered",
        "GET /jobs/07C0F3A8.. and /jobs/7c0f3a8-.. | GET /jobs/… and /jobs/…",
        "{id=3f2504e0-4f89-41d3-9a0c-0305e82c3301, status=queued} | {id=…, status=queued}",
        "for example 0123456789, 1234567890 | for example …, …",
        "connected to localhost:54321 | connected to localhost:…",
        "it is workbook.queue.Job@1a2b3c4d | it is workbook.queue.Job@…",
        "Thread-12 and pool-3-thread-1 still run | Thread-… and pool-…-thread-… still run",
        "VirtualThread[#123]/runnable | VirtualThread[#…]/runnable",
        "Message-ID <1.0.1764322000@localhost> | Message-ID <…@localhost>",
        "/tmp/graded1234567890123/here/x is left | …/here/x is left",
      })
  void whatIsNewInEachRunIsLeftOut(String text, String same) {
    assertThat(AnyRun.text(text)).isEqualTo(same);
  }

  @Test
  void theRealClockIsNow() {
    assertThat(AnyRun.text("at " + Instant.now() + ", " + UUID.randomUUID()))
        .isEqualTo("at now, …");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ticks at 100, 350, 360",
        "at 2001-02-03T04:05:06Z",
        "2026-13-45T10:00:00Z",
        "ann@example.org accepted, bob@beef.example refused",
        "10000000 items in 250 ms",
        "deadbeef is no job, cafe is none",
        "BoundedTaskQueue.enqueue (BoundedTaskQueue.java:2)",
        "{id=1, status=queued}, $1 \\0",
      })
  void allElseStays(String text) {
    assertThat(AnyRun.text(text)).isEqualTo(text);
  }
}
