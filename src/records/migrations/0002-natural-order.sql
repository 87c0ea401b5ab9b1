-- '9' before '10', and case and accents as a reader expects.
create collation records.natural_order (provider = icu, locale = 'und-u-kn-true');
