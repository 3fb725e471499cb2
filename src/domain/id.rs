//! A type for the number of each kind of record, so that the number of a person is never taken for that of a cohort.

/// Hands every id type with its meaning to another macro: whatever needs all of them (their SQL form, their test)
/// gets them from here.
macro_rules! every_id {
    ($then:ident) => {
        $then! {
            /// An operation of the journal.
            OpId;
            /// A record of a kind, where the kind stands beside it.
            RecordId;
            /// A person.
            PersonId;
            /// A stay: one person's participation in one cohort.
            StayId;
            /// A cohort.
            CohortId;
            /// A module of a cohort.
            ModuleId;
            /// A certificate of the catalogue.
            CertificateId;
            /// A funder.
            FunderId;
            /// A grant.
            GrantId;
            /// Somebody of the staff.
            StaffId;
            /// A company.
            CompanyId;
            /// An opening of a company.
            OpeningId;
            /// An issued report.
            CloseId;
            /// A report that left the school; a close is the release of its own number.
            ReleaseId;
        }
    };
}
pub(crate) use every_id;

macro_rules! define_ids {
    ($($(#[$doc:meta])* $name:ident;)+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// The id of a number, as the file or a person gives it.
            pub const fn from_number(number: i64) -> Self {
                $name(number)
            }
            /// The number, as it is stored and shown.
            pub const fn number(self) -> i64 {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map($name)
            }
        }
    )+ };
}
every_id!(define_ids);

/// Ids of one kind of record stand for a [`RecordId`] of that kind, and a record of that kind has such an id.
macro_rules! records_are {
    ($($name:ident)+) => { $(
        impl From<$name> for RecordId {
            fn from(id: $name) -> RecordId {
                RecordId(id.0)
            }
        }

        impl $name {
            /// The id of a record that is known to be of this kind.
            pub const fn of(record: RecordId) -> Self {
                $name(record.0)
            }
        }
    )+ };
}
records_are!(PersonId StayId CohortId ModuleId CertificateId FunderId GrantId StaffId CompanyId OpeningId);

impl From<CloseId> for ReleaseId {
    fn from(close: CloseId) -> ReleaseId {
        ReleaseId(close.0)
    }
}

impl From<ReleaseId> for CloseId {
    fn from(release: ReleaseId) -> CloseId {
        CloseId(release.0)
    }
}

impl RecordId {
    /// No record: the number of one that is not stored yet.
    pub const NONE: RecordId = RecordId(0);
}

impl OpId {
    /// Later than every operation: "up to now".
    pub const LATEST: OpId = OpId(i64::MAX);

    /// No operation: what no operation of the journal explains, or the file before its first.
    pub const NONE: OpId = OpId(0);

    /// The operation before this one.
    pub const fn before(self) -> OpId {
        OpId(self.0 - 1)
    }

    /// The operation after this one.
    pub const fn after(self) -> OpId {
        OpId(self.0 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! each_keeps_its_number {
        ($($(#[$doc:meta])* $name:ident;)+) => { $(
            let id = $name::from_number(12);
            assert_eq!((id.number(), format!("{id:>4}")), (12, "  12".to_owned()), stringify!($name));
            assert!($name::from_number(2) < id);
            assert_eq!("12".parse(), Ok(id), stringify!($name));
            assert!("douze".parse::<$name>().is_err(), stringify!($name));
        )+ };
    }

    #[test]
    fn an_id_keeps_its_number_shows_it_and_sorts_by_it() {
        every_id!(each_keeps_its_number);
    }

    #[test]
    fn the_id_of_a_record_becomes_that_of_its_kind_and_back() {
        let record = RecordId::from_number(7);
        assert_eq!(RecordId::from(PersonId::of(record)), record);
        assert_eq!(RecordId::from(GrantId::of(record)), record);
    }

    #[test]
    fn no_operation_is_later_than_the_latest_and_the_first_comes_after_an_empty_file() {
        assert!(OpId::from_number(1 << 40) < OpId::LATEST);
        assert_eq!((OpId::from_number(1).before(), OpId::NONE.after()), (OpId::NONE, OpId::from_number(1)));
    }
}
