"""Where the pages of this room are; `python -m tests.house.routes` writes it from them."""

ACCOUNTS = """
GET+POST /confirmer                                                         sign_in          confirm
GET+POST /connexion                                                         sign_in          sign_in
GET+POST /connexion/<uuid:uid>                                              sign_in          pin
GET+POST /connexion/nom                                                     sign_in          password
POST     /deconnexion                                                       sign_in          sign_out
GET      /equipe                                                            team             team
GET+POST /equipe/<uuid:uid>                                                 team             colleague
POST     /equipe/<uuid:uid>/code                                            team             reset
POST     /equipe/<uuid:uid>/debloquer                                       team             unlock
POST     /equipe/<uuid:uid>/fermer                                          team             deactivate
GET+POST /equipe/<uuid:uid>/periodes                                        postings         postings
POST     /equipe/<uuid:uid>/periodes/<uuid:posting>/<any(effacer,remettre):act> postings         drop_posting
POST     /equipe/<uuid:uid>/periodes/<uuid:posting>/finir                   postings         end_posting
POST     /equipe/<uuid:uid>/periodes/<uuid:posting>/reprendre               postings         reopen_posting
POST     /equipe/<uuid:uid>/rouvrir                                         team             reactivate
GET+POST /equipe/nouveau                                                    team             new_colleague
GET      /fiches-de-poste                                                   jobs             jobs
GET      /fiches-de-poste/<uuid:uid>                                        jobs             job
POST     /fiches-de-poste/<uuid:uid>/<any(ranger,reprendre):act>            jobs             use_job
POST     /fiches-de-poste/<uuid:uid>/lue                                    jobs             read_job
GET      /fiches-de-poste/<uuid:uid>/papier                                 jobs             job_paper
POST     /fiches-de-poste/<uuid:uid>/personnes                              jobs             give_job
POST     /fiches-de-poste/<uuid:uid>/personnes/<uuid:staff>/<any(retirer,remettre):act> jobs             hold_job
GET+POST /fiches-de-poste/<uuid:uid>/version                                jobs             publish_job
GET+POST /fiches-de-poste/nouvelle                                          jobs             new_job
GET+POST /mon-compte                                                        own              own
"""

SET_UP = """
GET+POST /mise-en-route                                                     set_up           first_run
"""
