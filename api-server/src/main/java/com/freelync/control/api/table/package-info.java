/** Answers as tables: CSV and spreadsheets. */
@NullMarked
package com.freelync.control.api.table;

import org.jspecify.annotations.NullMarked;
