"""Where the pages of this room are; `python -m tests.house.routes` writes it from them."""

PARTNERS = """
GET      /collectifs                                                        organisations    directory
GET      /collectifs/<uuid:uid>                                             organisations    organisation
POST     /collectifs/<uuid:uid>/auteurs                                     organisations    attach
POST     /collectifs/<uuid:uid>/auteurs/<uuid:author>/detacher              organisations    detach
GET+POST /collectifs/<uuid:uid>/bureau                                      mandates         board
POST     /collectifs/<uuid:uid>/bureau/<uuid:mandate>/<any(finir,reprendre,effacer,remettre):act> mandates         move_mandate
GET+POST /collectifs/<uuid:uid>/fiche                                       organisations    edit
POST     /collectifs/<uuid:uid>/remettre                                    organisations    restore
POST     /collectifs/<uuid:uid>/retirer                                     organisations    remove
GET      /collectifs/auteurs                                                organisations    authors
GET+POST /collectifs/nouveau                                                organisations    new
GET      /projets                                                           projects         projects
GET+POST /projets/<uuid:uid>                                                projects         project
GET+POST /projets/nouveau                                                   projects         new_project
GET      /reunions                                                          meetings         meetings
GET      /reunions/<uuid:uid>                                               meetings         meeting
GET+POST /reunions/<uuid:uid>/modifier                                      meetings         change_meeting
POST     /reunions/<uuid:uid>/remettre                                      meetings         restore_meeting
POST     /reunions/<uuid:uid>/retirer                                       meetings         remove_meeting
GET+POST /reunions/nouvelle                                                 meetings         new_meeting
"""
