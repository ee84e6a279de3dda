/**
 * SMTP as a rule sees it: a real server on a real socket that does at each command as it is told.
 */
@NullMarked
package workbook.checker.smtp;

import org.jspecify.annotations.NullMarked;
