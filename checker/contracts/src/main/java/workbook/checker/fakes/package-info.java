/** Stand-ins for what a type is handed, which do what a rule says and count what it asks. */
@NullMarked
package workbook.checker.fakes;

import org.jspecify.annotations.NullMarked;
