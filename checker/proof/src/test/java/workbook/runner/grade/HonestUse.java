package workbook.runner.grade;

import java.util.List;
import java.util.Map;
import java.util.Set;
import workbook.checker.WorkbookModule;

/** Asks the lists of the grader about classes that are known to be right. */
public final class HonestUse {

  private HonestUse() {}

  /**
   * What a module's list would refuse.
   *
   * @param classes name to class file
   * @param files the names of the source files that are looked at
   */
  public static List<String> refused(
      WorkbookModule module, Map<String, byte[]> classes, Set<String> files) {
    return Inspection.refused(Allowed.in(module.folder()), classes, files);
  }
}
