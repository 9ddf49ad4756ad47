"""Where the pages of this room are; `python -m tests.house.routes` writes it from them."""

LIBRARY = """
GET      -                                                                  public           index
GET      /<slug>                                                            public           material
GET      /<slug>/fichier/<sha256>                                           public           file
GET+POST /<slug>/fichiers                                                   staff            files
POST     /<slug>/fichiers/<uuid:uid>/remettre                               staff            reattach
POST     /<slug>/fichiers/<uuid:uid>/retirer                                staff            detach
GET+POST /<slug>/modifier                                                   staff            edit
POST     /<slug>/remettre                                                   staff            put_back
POST     /<slug>/retirer                                                    staff            withdraw
GET      /affiche/<theme>.svg                                               public           poster
GET      /gestion                                                           staff            manage
GET+POST /nouveau                                                           staff            new
"""
