/** The rules of module 06: due times, recurring jobs in a database, and the cleanup on them. */
@NullMarked
package workbook.contracts.recurring;

import org.jspecify.annotations.NullMarked;
