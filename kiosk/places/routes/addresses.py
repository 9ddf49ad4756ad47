"""Where the pages of this room are; `python -m tests.house.routes` writes it from them."""

PLACES = """
GET      /communes                                                          spaces           communes
GET      /communes.csv                                                      spaces           communes_csv
GET      /communes/groupes                                                  together         commune_groups
GET+POST /communes/groupes/<uuid:uid>                                       together         commune_group
GET+POST /communes/groupes/nouveau                                          together         new_commune_group
GET      /espace                                                            spaces           space
GET+POST /espace/fetes/<key>                                                sheet            feast
POST     /espace/fetes/<key>/remettre                                       sheet            give_feast_back
POST     /espace/heures                                                     sheet            set_hours
POST     /espace/jours                                                      sheet            add_exception
POST     /espace/jours/<first>/<last>/retirer                               sheet            drop_exception
POST     /espace/salles                                                     sheet            add_room
GET+POST /espace/salles/<uuid:uid>                                          sheet            room
POST     /espace/salles/<uuid:uid>/remettre                                 sheet            reopen_room
POST     /espace/salles/<uuid:uid>/retirer                                  sheet            close_room
GET      /espace/tenue                                                      sheet            edit
POST     /espace/tenue                                                      sheet            describe
GET      /espaces                                                           spaces           spaces
GET      /espaces/<code>                                                    spaces           one
GET      /sites                                                             together         sites
GET+POST /sites/<code>                                                      together         site
GET+POST /sites/nouveau                                                     together         new_site
"""
