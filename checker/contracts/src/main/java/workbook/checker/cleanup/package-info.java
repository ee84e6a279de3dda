/** The rules of module 03, and the database that they are tried on. */
@NullMarked
package workbook.checker.cleanup;

import org.jspecify.annotations.NullMarked;
