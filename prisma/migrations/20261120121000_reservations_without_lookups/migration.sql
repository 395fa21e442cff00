-- Rows of reservations and their order ids are written by commit_checks alone, behind the lock on their account and in one
-- statement batch: looking both up again for every row was a third of a commit's time. Accounts are never deleted by the
-- service, and fills still refer to their reservation.

-- DropForeignKey
ALTER TABLE "reservation_orders" DROP CONSTRAINT "reservation_orders_reservation_id_fkey";

-- DropForeignKey
ALTER TABLE "reservations" DROP CONSTRAINT "reservations_account_id_fkey";
