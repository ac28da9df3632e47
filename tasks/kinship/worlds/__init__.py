"""All small families in which given relation words hold, searched exhaustively."""
