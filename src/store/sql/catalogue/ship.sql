INSERT INTO catalogue (certificate, label, registry, counts_as_qualification, valid_months, op)
VALUES
  ('H0B0', 'Habilitation électrique H0B0', 'none', 0, NULL, 1),
  ('AIPR', 'Autorisation d''intervention à proximité des réseaux', 'none', 1, 60, 1),
  ('SST', 'Sauveteur secouriste du travail', 'none', 0, 24, 1),
  ('CACES', 'Certificat d''aptitude à la conduite en sécurité', 'RS', 1, 60, 1),
  ('CCPRFO', 'Câbleur raccordeur réseaux fibre optique et FTTH', 'RNCP', 1, NULL, 1);
