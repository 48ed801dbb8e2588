"""The windows of practice: learners, cases, the walk, localise, debrief, progress. Nothing of a patient."""
