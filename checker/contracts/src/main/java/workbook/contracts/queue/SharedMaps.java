package workbook.contracts.queue;

import java.io.IOException;
import workbook.checker.Trial;
import workbook.contracts.shared.MapCalls;

/**
 * Maps that are not made for several threads: such a map may lose an entry, or not find one, while
 * another thread changes it, say because its table grows. A writer is held at that moment.
 */
final class SharedMaps {

  private SharedMaps() {}

  static void usedOneByOne(Trial trial, JobsHandlerContract watched) throws IOException {
    trial.afterwards(MapCalls::forget);
    var bench = HandlerBench.of(trial, watched, _ -> HandlerBench.RESULT);
    var job = bench.job(HandlerBench.IMAGE);
    bench.get(job);
    for (int changes = 0; changes < 2; changes++) {
      MapCalls.holdWriter(changes);
      try (var post = bench.wire.connect()) {
        post.send("POST", "/jobs", "Content-Type: image/png", "Content-Length: 8");
        post.write(new byte[8]).expectBegun();
        trial.expectSoon(
            "the handler comes to an end",
            () -> MapCalls.holds() || bench.wire.handling() == 0,
            () -> "it goes on");
        look(trial, bench, "a POST", job);
        post.answer();
      }
    }
    for (int changes = 0; changes < 3; changes++) {
      MapCalls.holdWriter(changes);
      var worker = bench.work(changes);
      trial.settle();
      look(trial, bench, "a worker", job);
      trial.expectReturn("the item runs to its end", worker);
    }
  }

  private static void look(Trial trial, HandlerBench bench, String writer, String job) {
    if (!MapCalls.holds()) {
      MapCalls.release();
      return; // the map is made for several threads, or is not changed but replaced
    }
    try (var get = bench.wire.connect()) {
      get.send("GET", job).expectBegun();
      trial.settle(); // by now it is in the map, or waits for a lock
      var clash = MapCalls.release();
      get.answer();
      trial.expectThat(
          "no GET looks into a plain map while " + writer + " changes it",
          clash.isEmpty(),
          clash.orElse(""));
    }
  }
}
