/**
 * A small library for tests of concurrent code: what the rules of this workbook are written with. A
 * {@link workbook.testing.Bench} has threads that can be watched, a time that the test moves, and
 * gates; {@link workbook.testing.EveryOrder} makes a race happen in every order of its steps.
 */
@NullMarked
package workbook.testing;

import org.jspecify.annotations.NullMarked;
