package workbook.runner;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Notices each save. The system's events say when to look; where none come, as on some network
 * drives, it looks every second. What has changed is seen by reading, whoever said so.
 */
final class Saves {

  private static final long LOOK = 1_000; // ms
  private static final long SETTLES = 10; // ms: an editor empties a file, then fills it

  private final Path module;
  private final Consumer<Sources> reader;
  private final @Nullable WatchService events;

  private Saves(Path module, Consumer<Sources> reader) {
    this.module = module;
    this.reader = reader;
    this.events = watchService(module);
  }

  /** Has each state of a module told to a reader, the present one at once. */
  static void tell(Path module, Consumer<Sources> reader) {
    var saves = new Saves(module, reader);
    Thread.ofPlatform().daemon().name("saves").start(saves::look);
  }

  private void look() {
    var known = new Sources(Map.of(), Map.of());
    try {
      while (true) {
        register();
        var now = Sources.of(module);
        if (!now.equals(known)) {
          known = now;
          reader.accept(now);
        }
        await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void await() throws InterruptedException {
    if (events == null) {
      TimeUnit.MILLISECONDS.sleep(LOOK);
      return;
    }
    for (long wait = LOOK; ; wait = SETTLES) {
      var key = events.poll(wait, TimeUnit.MILLISECONDS);
      if (key == null) {
        return;
      }
      key.pollEvents();
      key.reset();
    }
  }

  private static @Nullable WatchService watchService(Path module) {
    try {
      return module.getFileSystem().newWatchService();
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }

  /** Each folder has to be asked for, those that are new, too. To ask again changes nothing. */
  private void register() {
    for (var folder : Sources.folders(module)) {
      for (var each : foldersIn(folder)) {
        try {
          if (events != null) {
            each.register(events, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
          }
        } catch (IOException e) {
          // It has vanished, or the system has no more events to give: it is looked at all the
          // same.
        }
      }
    }
  }

  private static List<Path> foldersIn(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isDirectory).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }
}
