/** Module 06: the cleanup on JobRunr, for its dashboard. */
@NullMarked
package workbook.recurring.jobrunr;

import org.jspecify.annotations.NullMarked;
