"""The sentence for every expected error: what happened, what is safe, what to do."""

from __future__ import annotations

from exam_app.core.errors import UserError
from exam_app.core.words import _

SENTENCES: dict[str, str] = {
    "findings_refused": "The findings file {file} was not taken over: {count} fault(s). Nothing was written.",
    "record_refused": "The record {file} is not valid: {count} fault(s). Nothing was written and nothing stored was changed.",
    "record_is_practice": "The record {file} was made in practice, so it is no record of a patient. It was not taken over, and nothing was written. Open it in practice.",
    "practice_is_clinical": "The record {file} was not made in practice. It may be that of a patient, so it was not opened here, and nothing was changed. Open it as an examination.",
    "cases_refused": "The teaching cases have {count} fault(s) and are not offered. Nothing else was changed.",
    "practice_refused": "What the teaching cases share has {count} fault(s), so that no case is offered. Examinations are not affected. Run exam-app cases check: it names every fault with file and line.",
    "form_refused": "The form was refused: {count} fault(s). The shipped forms are unchanged.",
    "clinic_forms_refused": "The clinic's own form files have {count} fault(s) and are not in use. The shipped forms work as always, and examinations made with the clinic's items still open. Run exam-app forms check: it names every fault with file and line.",
    "forms_folder_missing": "There is no folder {folder}. Nothing was checked. Name the folder that holds the form files.",
    "drawing_refused": "The drawing {file} was refused: {count} fault(s). Maps that use it are not shown; nothing recorded was changed.",
    "file_missing": "The file {file} was not found. Check the name and the folder.",
    "file_unreadable": "The file {file} could not be read. Check that it is a text file and that you may open it.",
    "clinic_unreadable": "The clinic's settings in {file} could not be read. Records and forms are unchanged. Set the letterhead anew in the settings, or restore the file.",
    "file_unwritable": "The file {file} could not be written. Nothing else was changed. Choose a folder that you may write to.",
    "record_newer": "This record was made by a newer version of the application (schema {version}). It was not changed. Update the application to open it.",
    "form_unknown": "This record was made with form version {version}, which this installation does not hold. It was not changed.",
    "passphrase_wrong": "The passphrase is not right. Nothing was changed. Try again, or use the recovery key.",
    "still_locked": "The passphrase is not right. Everything is kept as it was. Try again; with the recovery key, close this window and start the application anew.",
    "passphrase_too_short": "The passphrase is too short. Nothing was changed. Use at least {count} characters.",
    "recovery_key_mistyped": "The recovery key contains a typing error. Nothing was changed. Compare it with your copy, group by group.",
    "recovery_key_wrong": "This recovery key belongs to other records. Nothing was changed. Look for the one that was shown when these records were set up.",
    "key_file_missing": "The key file {file} is missing. The records cannot be opened without it. Nothing was changed. Restore the file from a backup.",
    "key_file_damaged": "The key file {file} is damaged, so the records cannot be opened. Nothing was changed. Restore the file from a backup.",
    "key_file_newer": "The key file {file} was made by a newer version of the application (format {version}). It was not changed. Update the application to open the records.",
    "key_file_exists": "There is a key file {file} already. It was not changed. Open the records that belong to it, or choose another folder.",
    "store_on_network": "The folder {folder} is on a network, where records could be damaged. Nothing was written there. Choose a folder on this computer.",
    "store_folder_shared": "Other people may read the folder {folder}, and it holds other files. Nothing was changed. Choose an empty folder for the records.",
    "store_folder_unwritable": "The folder {folder} could not be prepared for records. Nothing stored was changed. Choose a folder on a local disk that you may write to.",
    "store_in_use": "The records are already open in another window. Nothing was changed. Use that window, or close it and try again.",
    "database_missing": "The database {file} is missing, but its key file is there. Nothing was changed. Restore the database from a backup. Only if no record was ever stored, remove the key file and start again.",
    "database_damaged": "The database is damaged or does not belong to this key file. It was not changed. Restore the database and the key file from the same backup.",
    "store_newer": "The database was made by a newer version of the application (version {version}). It was not changed. Update the application to open it.",
    "store_not_written": "The database could not be written to or read from the disk. What was saved before is unchanged. Check that the disk is connected and has free space.",
    "record_changed_elsewhere": "The record has been changed since it was opened. This change was not saved. Open the record again and repeat the change.",
    "record_signed": "The record is signed. It was not changed. Write an addendum instead.",
    "record_damaged": "The record is damaged in the database, so it is not shown. Nothing was changed. Restore the database from a backup.",
    "trail_broken": "The history of the record does not hold from revision {revision} on: it was changed outside the application. Nothing was repaired. Compare the record with a backup.",
    "save_failed": "The last change could not be saved. What was saved before is safe. Copy the note now, then close and open the examination again.",
    "folder_missing": "The folder {folder} could not be made. Nothing was written. Name a folder for the reports.",
    "same_name_twice": "Two reports would get the same name. Nothing was written. Rename one of the records.",
    "password_empty": "The password is empty. Nothing was written. Write it in the first line of the file, or leave it out.",
    "password_too_long": "The password is too long: a PDF takes at most {count} bytes, and the rest would not be asked for. Nothing was written. Use a shorter one.",
    "input_alone": "Standard input can be exported only on its own. Nothing was written. Name files, or export it in a command of its own.",
    "not_exported": "{done} of {total} reports were written, each of them whole. The others are named above.",
    "report_data_huge": "The data in {file} are larger than those of any examination, so they were not read. Nothing was changed.",
    "report_data_foreign": "The data in {file} are not those of an examination report of this application. Nothing was changed.",
    "report_data_newer": "The data in {file} were written by a newer version of the application (version {version}). They were not changed. Update the application to read them; the pages can be read with any PDF reader.",
    "report_data_damaged": "The data in {file} are damaged: {count} fault(s). Nothing was changed. Read the pages with any PDF reader, or ask for the report again.",
    "glyph_missing": "The report cannot be printed: at \u201c{place}\u201d stands the character {character}, for which the fonts have no shape. No file was written and the record is unchanged. Export the text note, or write the text without this character.",
    "logo_unreadable": "The logo of the clinic cannot be read as a PNG or JPEG picture. Nothing was written. Choose another picture in the settings, or none.",
    "crashed": "Something went wrong that should not have. What was stored is unchanged. A report without patient data was written to {file}; send it to whoever looks after the application.",
    "crashed_without_file": "Something went wrong that should not have. What was stored is unchanged. Try again; if it happens again, tell whoever looks after the application.",
    "no_display": "There is no display to open windows on. Nothing was changed. Use the commands (exam-app --help), or start the application where there is a display.",
}


def sentence(error: UserError) -> str:
    """The error as a sentence in the user's language, without its faults."""
    return _(SENTENCES[error.code]).format(**error.params)
