package workbook.checker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** What happened during a trial, in order, with its virtual time. May be used from any thread. */
final class Journal {

  private static final int MOST_NOTES = 24;

  private final VirtualTime time;
  private final List<Note> notes = Collections.synchronizedList(new ArrayList<>());

  private record Note(long millis, String what) {}

  Journal(VirtualTime time) {
    this.time = time;
  }

  void note(String what) {
    notes.add(new Note(time.millis(), what));
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
            .limit(MOST_NOTES)
            .map(note -> timeless ? note.what : note.millis + " ms " + note.what)
            .collect(Collectors.toCollection(ArrayList::new));
    if (all.size() > MOST_NOTES) {
      shown.add("and " + (all.size() - MOST_NOTES) + " more");
    }
    return shown;
  }
}
