/**
 * What module 03 is written against: services that live as long as the application or as long as a
 * scope, and an audit log in a database.
 */
@NullMarked
package workbook.cleanup;

import org.jspecify.annotations.NullMarked;
