"""Where the pages of this room are; `python -m tests.house.routes` writes it from them."""

DESK = """
GET      /aujourdhui                                                        day              today_page
GET+POST /copies-de-secours                                                 copies           copies
GET      /copies-de-secours/code                                            copies           copies_code
POST     /copies-de-secours/code                                            copies           lock_copies
POST     /envois/diagnostic                                                 diagnostic       send_diagnostic
GET      /envois/diagnostic.json                                            diagnostic       diagnostic
GET      /premiers-pas                                                      lessons          lessons
GET      /premiers-pas/<lesson>                                             lessons          lesson
POST     /premiers-pas/<lesson>/<any(fini,revoir):act>                      lessons          finish_lesson
GET      /reservations                                                      bookings         bookings
POST     /reservations/<uuid:uid>/annuler                                   bookings         cancel_booking
POST     /reservations/<uuid:uid>/remettre                                  bookings         restore_booking
GET+POST /reservations/ordinateur                                           bookings         book_computer
GET+POST /reservations/part                                                 bookings         fair_share
GET+POST /reservations/salle                                                bookings         book_room
GET+POST /visites                                                           counter          visits
POST     /visites/<uuid:uid>/annuler                                        counter          undo
POST     /visites/<uuid:uid>/effacer                                        counter          remove
POST     /visites/<uuid:uid>/remettre                                       counter          put_back
GET+POST /visites/autre-jour                                                counter          note_later
GET+POST /visites/caisse                                                    till             till
POST     /visites/caisse/<uuid:uid>/annuler                                 till             reverse_line
GET      /visites/caisse/mois                                               till_months      till_month
GET      /visites/caisse/mois.csv                                           till_months      till_month_file
GET      /visites/caisse/tarifs                                             till             tariffs
GET+POST /visites/caisse/tarifs/<key>                                       till             tariff
GET+POST /visites/caisse/tarifs/nouveau                                     till             new_tariff
"""
