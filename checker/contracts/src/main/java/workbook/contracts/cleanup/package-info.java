/** The rules of module 03, and the database that they are tried on. */
@NullMarked
package workbook.contracts.cleanup;

import org.jspecify.annotations.NullMarked;
