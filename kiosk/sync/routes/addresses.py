"""Where the pages of this room are; `python -m tests.house.routes` writes it from them."""

SYNC = """
GET      /envois                                                            envois           index
GET      /envois/a-verifier                                                 differences      to_weigh
POST     /envois/a-verifier/<uuid:uid>                                      differences      settle
POST     /envois/a-verifier/<uuid:uid>/annuler                              differences      unsettle
GET+POST /envois/cle-usb                                                    hand             by_hand
POST     /envois/cle-usb/copier                                             hand             copy_to_stick
GET      /envois/cle-usb/envoi.kse                                          hand             as_file
POST     /envois/cle-usb/lire                                               hand             read_stick
POST     /envois/synchroniser                                               envois           synchronise
GET+POST /horloge                                                           asking           clock
GET+POST /membres/<uuid:uid>/effacer                                        erasing          erase
POST     /membres/<uuid:uid>/ne-pas-effacer                                 erasing          keep
GET+POST /reunions/<uuid:uid>/effacer                                       erasing          erase_names
POST     /reunions/<uuid:uid>/ne-pas-effacer                                erasing          keep_names
POST     /visiteurs                                                         visitors         ask_card
POST     /visiteurs/<uuid:uid>/annuler                                      visitors         forget_card
"""
