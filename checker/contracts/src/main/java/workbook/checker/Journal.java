package workbook.checker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** What happened during a trial, in order, with its virtual time. May be used from any thread. */
final class Journal {

  private static final int MOST_SHOWN = 24;

  /** No rule needs a tenth of it; a loop without an end would fill the memory. */
  private static final int MOST = 10_000;

  private final VirtualTime time;
  private final List<Note> notes = Collections.synchronizedList(new ArrayList<>());

  private record Note(long millis, String what) {}

  Journal(VirtualTime time) {
    this.time = time;
  }

  /** Takes down what happens; whoever does so without an end waits for ever. */
  void note(String what) {
    time.end().pass();
    synchronized (notes) {
      if (notes.size() < MOST) {
        notes.add(new Note(time.millis(), what));
        return;
      }
    }
    time.end().stay();
  }

  /** Forgets what happened so far. */
  void clear() {
    notes.clear();
  }

  /** What happened, as a finding shows it: without times if no time has passed. */
  List<String> lines() {
    List<Note> all;
    synchronized (notes) {
      all = List.copyOf(notes);
    }
    boolean timeless = all.stream().allMatch(note -> note.millis == 0);
    var shown =
        all.stream()
            .limit(MOST_SHOWN)
            .map(note -> timeless ? note.what : note.millis + " ms " + note.what)
            .collect(Collectors.toCollection(ArrayList::new));
    if (all.size() == MOST) {
      shown.add("and so on, without an end");
    } else if (all.size() > MOST_SHOWN) {
      shown.add("and " + (all.size() - MOST_SHOWN) + " more");
    }
    return shown;
  }
}
