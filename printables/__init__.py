"""Chapters become printables; data flows one way through these rooms:

scenes/      pictures of one act from parts: figures, props, a small file each; signs/ beside it
chapters/    editors' files, read safely: Markdown → Chapter, YAML → Owner, Glossary, Campaign
checks/      findings, with line and remedy, in one file, in twins, in the whole Collection
layout/      Chapter × Design → Job: one HTML document and its limits; a design is a folder
forms/       Form × Owner → Job: papers to fill in, from data; columns and pages by rule
press/       Job → Sheet: the largest type that fits, PDF and picture, measured; the job alone decides its bytes
finishing/   PDF → tiles, labels, booklet, print-shop file
production/  many jobs: the plan, the cache, the workers
publishing/  catalogue, register of editions, recall list, packs, job tickets, social cards
web/         what pages are made of, without MkDocs; hooks/ put them into the site
"""
