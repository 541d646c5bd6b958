"""The mouth: lips, teeth and tongue, and their shapes per phoneme."""
