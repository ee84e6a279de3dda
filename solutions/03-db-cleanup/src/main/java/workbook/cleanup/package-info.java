/** Module 03: scoped services and a database cleanup. */
@NullMarked
package workbook.cleanup;

import org.jspecify.annotations.NullMarked;
