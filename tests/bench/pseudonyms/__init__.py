"""Conversations and bent tokens by the thousands: is every value restored, and nothing else?"""
