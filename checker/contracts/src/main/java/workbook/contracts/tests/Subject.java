package workbook.contracts.tests;

import java.util.function.Supplier;

/**
 * One implementation that tests are run with.
 *
 * @param name what it is, as in "with …"
 * @param hands makes what the tests are handed, for one run
 */
record Subject(String name, Supplier<? extends Handed> hands) {}
