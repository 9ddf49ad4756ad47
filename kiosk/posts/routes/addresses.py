"""Where the pages of this room are; `python -m tests.house.routes` writes it from them."""

EDITORIAL = """
GET      /redaction                                                         desk             queue
GET      /redaction/<uuid:uid>                                              desk             article
POST     /redaction/<uuid:uid>/<any('publier','remettre','archiver','ressortir'):act> desk             move
POST     /redaction/<uuid:uid>/prevoir                                      desk             plan
POST     /redaction/<uuid:uid>/renvoyer                                     desk             send_back
POST     /redaction/<uuid:uid>/retirer                                      desk             withdraw
POST     /redaction/<uuid:uid>/valider                                      desk             approve
GET      /redaction/comptes                                                 channels         accounts
GET+POST /redaction/comptes/<uuid:uid>                                      channels         account
POST     /redaction/comptes/<uuid:uid>/<any('retirer','remettre','monter'):act> channels         account_act
GET+POST /redaction/comptes/nouveau                                         channels         new_account
"""

POSTS = """
GET      /actualites                                                        public           public_list
GET      /actualites/<address>                                              public           public_post
GET      /actualites/<address>/photo.jpg                                    pictures         public_picture
GET      /actualites/flux.atom                                              public           atom
GET      /articles                                                          writing          board
GET+POST /articles/<uuid:uid>                                               writing          post
POST     /articles/<uuid:uid>/<any('reprendre','nouvelle-version','afficher','retirer','jeter','retablir'):act> moves            move
GET      /articles/<uuid:uid>/apercu                                        writing          preview
POST     /articles/<uuid:uid>/attendre                                      moves            keep
GET+POST /articles/<uuid:uid>/photo                                         pictures         picture
GET      /articles/<uuid:uid>/photo/<name>.jpg                              pictures         picture_file
POST     /articles/<uuid:uid>/photo/retirer                                 pictures         picture_away
GET+POST /articles/nouveau                                                  writing          new
GET+POST /articles/nouveau/annonce                                          writing          new_notice
"""
