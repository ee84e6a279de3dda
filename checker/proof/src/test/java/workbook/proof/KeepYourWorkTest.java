package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the README with which a learner loses no work, in a clone of a workbook. */
class KeepYourWorkTest {

  private static final String QUEUE = "exercises/02-queue/src/main/java/workbook/queue/";
  private static final String MINE = QUEUE + "QueuedService.java";

  private final List<String> commands =
      Commands.in(Workbook.read(Workbook.ROOT.resolve("README.md"))).stream()
          .filter(command -> command.matches("git (switch|commit|stash|restore|pull) .*"))
          .toList();
  private Clone workbook;
  private Path learners;

  @BeforeEach
  void cloneIt(@TempDir Path work) throws Exception {
    assumeTrue(Files.exists(Workbook.ROOT.resolve(".git")), "nothing to clone");
    workbook = new Clone(work);
    run("git switch -q -C main && git commit -q -am 'The local repository' --allow-empty", true);
    run("git clone -q . learners", true);
    learners = workbook.folder().resolve("learners");
  }

  @Test
  void asTheReadmeSays() throws Exception {
    assertThat(commands).hasSize(7).last().isEqualTo("git pull --no-rebase origin main");
    var skeleton = mine();
    command(0); // a branch
    var first = write("first", skeleton);
    command(1); // commit
    var second = write("second", skeleton);
    command(2); // stash
    assertThat(mine()).isEqualTo(first);
    command(3); // pop
    assertThat(mine()).isEqualTo(second);
    command(4); // restore
    assertThat(mine()).isEqualTo(first);
    command(5); // the skeleton
    assertThat(mine()).isEqualTo(skeleton);
    command(4);
    assertThat(mine()).isEqualTo(first);

    Files.writeString(workbook.folder().resolve(QUEUE + "Newer.java"), "// newer");
    run("git add exercises && git commit -q -m 'A newer workbook'", true);
    command(6); // pull
    assertThat(mine()).isEqualTo(first);
    assertThat(learners.resolve(QUEUE + "Newer.java")).exists();
  }

  private String mine() {
    return Workbook.read(learners.resolve(MINE));
  }

  private String write(String what, String skeleton) throws Exception {
    var text = skeleton + "// " + what + "\n";
    Files.writeString(learners.resolve(MINE), text);
    return text;
  }

  private void command(int index) throws Exception {
    run(commands.get(index), false);
  }

  private void run(String command, boolean upstream) throws Exception {
    var as =
        "export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a"
            + " GIT_COMMITTER_EMAIL=a@b; ";
    var ran = workbook.run(as + (upstream ? "" : "cd learners && ") + command);
    assertThat(ran.exit()).as(command + ": " + ran.printed()).isZero();
  }
}
