//! TOML and Markdown give the same: one framework written twice, and every byte of what is published compared.

use std::collections::BTreeMap;
use std::path::Path;

use crate::judge::judge;
use crate::support::{Handbook, site};

/// What both have.
fn handbook() -> Handbook {
    Handbook::new()
        .file(
            "content/index.md",
            "+++\ntitle = \"Home\"\n+++\n\nWelcome. [Sparks fly](../frameworks/forge.toml#sparks-fly).\n",
        )
        .file(
            "content/spark.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><title>S</title></svg>\n",
        )
}

/// The top of the framework's TOML, without its values.
const HEAD: &str = r#"
title = "Forge"
summary = "What a smith does."
lead_in = "A smith:"
edition = "First"

[terms]
indicator = { one = "sign", many = "signs" }

[[scales]]
id = "who"
kind = "audience"
title = "Who"
points = [
  { id = "all", title = "Everyone at the forge" },
  { id = "masters", title = "Masters", builds_on = "all" },
]

[[scales]]
id = "stance"
kind = "stance"
title = "Stance"
points = [{ id = "will", title = "We will" }, { id = "wont", title = "We won’t", tone = "negative" }]

[[scales]]
id = "rating"
kind = "rating"
title = "How well"
points = [{ id = "well", title = "Well" }, { id = "better", title = "Better" }]

[[profiles]]
title = "Farrier"
needs = { iron = "masters", cooling = "better" }
"#;

const VALUES: &str = r#"
[[values]]
title = "Iron"
id = "iron"
scales = ["who", "stance"]
statement = "It bends *only* when it is hot."
summary = "About iron"
lead_in = "With iron we"
aka = ["steel", "metal"]
owner = "The smith"
last_reviewed = 2026-02-03
review_by = 2027-02-03
aliases = ["old-iron.html"]
description = '''
Iron is patient.

## Where it comes from

From [the ground](../content/index.md), mostly[^1].

| Ore | Where |
| --- | ----- |
| Red | North |

### And further back

A star. See [below](#dry-tongs), and "quotation marks" -- both kinds.

[^1]: Some falls from the sky.

## What it is for

- gates
- ploughs
'''

[values.indicators]
all.definition = "For all who stand near."
masters.text = "Masters stand nearest."
all.will = { definition = '''
We all begin here.

## A first word

It is *hot*.''', statements = [
  { text = '''
keep the tongs **dry**

Wet tongs spit.

They have scarred us.''', id = "dry-tongs", examples = ["Wipe them.", "Hang them *up*."] },
  { text = "sparks fly", id = "sparks-fly" },
  """look [home](../content/index.md) now and then

A glance is enough.""",
  """sweep
1. At noon""",
  """count
> One, two.

```
three
```""",
], text = '''
Then rest.

## A last word

> [!NOTE]
> Water is by the door.''' }
all.wont = ["touch what is *not* glowing"]
masters.will = ["strike once"]

[[values.behaviours]]
id = "hammering"
title = "Hammering"
scales = ["who", "stance"]
statement = "Let the hammer fall."
description = '''
It is heavy enough.

![A spark](../content/spark.svg)'''
[values.behaviours.indicators]
all.will = ["lift", "let go"]
masters.wont = { definition = "Never.", statements = ["hurry"] }

[[values.behaviours]]
id = "quenching"
title = "Quenching"
scales = []
description = "In oil."
indicators = ["count to ten", { text = "listen", id = "listen" }]

[[values]]
id = "cooling"
title = "Cooling"
scales = ["rating"]
[values.indicators]
well = '''
The fire is out.

The door is shut.'''
better = { statements = ["someone looks again at midnight"] }

[[values]]
id = "words"
title = "Words"
description = "We have few."
"#;

const IRON: &str = r#"+++
title = "Iron"
scales = ["who", "stance"]
statement = "It bends *only* when it is hot."
summary = "About iron"
lead_in = "With iron we"
aka = ["steel", "metal"]
owner = "The smith"
last_reviewed = 2026-02-03
review_by = 2027-02-03
aliases = ["old-iron.html"]
order = 1
+++

Iron is patient.

## Where it comes from

From [the ground](../../content/index.md), mostly[^1].

| Ore | Where |
| --- | ----- |
| Red | North |

### And further back

A star. See [below](#dry-tongs), and "quotation marks" -- both kinds.

[^1]: Some falls from the sky.

## What it is for

- gates
- ploughs

## Everyone at the forge

For all who stand near.

### We will

We all begin here.

#### A first word

It is *hot*.

- keep the tongs **dry** {#dry-tongs}

  Wet tongs spit.

  They have scarred us.

  For example:

  - Wipe them.
  - Hang them *up*.

- sparks fly {#sparks-fly}

- look [home](../../content/index.md) now and then

  A glance is enough.

- sweep
  1. At noon
- count
  > One, two.

  ```
  three
  ```

Then rest.

#### A last word

> [!NOTE]
> Water is by the door.

### We won't

* touch what is *not* glowing

## Masters

Masters stand nearest.

### We will

1. strike once
"#;

const HAMMERING: &str = r#"+++
title = "Hammering"
scales = ["who", "stance"]
statement = "Let the hammer fall."
order = 1
+++

It is heavy enough.

![A spark](../../../content/spark.svg)

## Everyone at the forge

### We will

- lift
- let go

## Masters signs

### We won’t:

Never.

- hurry
"#;

const QUENCHING: &str = r#"+++
title = "Quenching"
scales = []
order = 2
+++

In oil.

## Signs

- count to ten
- listen {#listen}
"#;

const COOLING: &str = r#"+++
title = "Cooling"
scales = ["rating"]
order = 2
+++

## Well

The fire is out.

The door is shut.

## BETTER

- someone looks again at midnight
"#;

const WORDS: &str = "+++\ntitle = \"Words\"\norder = 3\n+++\nWe have few.\n";

fn by_markdown() -> Handbook {
    // In Markdown, words before the first list of a point and after the last are one kind with those around the inner points.
    handbook()
        .file("frameworks/forge.toml", HEAD)
        .file("frameworks/forge/iron.md", IRON)
        .file("frameworks/forge/iron/hammering.md", HAMMERING)
        .file("frameworks/forge/iron/quenching.md", QUENCHING)
        .file("frameworks/forge/cooling.md", COOLING)
        .file("frameworks/forge/words.md", WORDS)
}

fn by_toml() -> Handbook {
    handbook().file("frameworks/forge.toml", &format!("{HEAD}{}", VALUES.replace("masters.text", "masters.definition")))
}

/// Fails with the first lines that differ, file by file.
pub fn assert_same(one: &Path, other: &Path) {
    let (one, other): (BTreeMap<_, _>, BTreeMap<_, _>) = (site(one), site(other));
    let names = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&one), names(&other), "the files that are published");
    for (path, bytes) in &one {
        if *bytes == other[path] {
            continue;
        }
        let (a, b) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&other[path]));
        let line =
            a.lines().zip(b.lines()).position(|(a, b)| a != b).unwrap_or(a.lines().count().min(b.lines().count()));
        let shown = |text: &str| text.lines().skip(line).take(3).map(str::to_owned).collect::<Vec<_>>().join("\n  ");
        panic!("{path} differs on line {}:\n  {}\nand:\n  {}", line + 1, shown(&a), shown(&b));
    }
}

#[test]
fn toml_and_markdown_give_the_same_bytes() {
    let (toml, markdown) = (by_toml().clean(), by_markdown().clean());
    assert_same(&toml.root().join("public"), &markdown.root().join("public"));
    let site = judge(&toml.root().join("public"));
    let count = site.framework("forge").indicators.len();
    assert_eq!(count, 14, "{}", site.framework("forge").places());
}

#[test]
fn a_value_in_toml_takes_its_description_from_markdown() {
    let short = VALUES.replace("description = \"We have few.\"", "");
    let beside = handbook()
        .file("frameworks/forge.toml", &format!("{HEAD}{short}"))
        .file("frameworks/forge/words.md", "+++\ntitle = \"Words\"\n+++\n\nWe have few.\n")
        .clean();
    let inside = handbook().file("frameworks/forge.toml", &format!("{HEAD}{VALUES}")).clean();
    assert_same(&beside.root().join("public"), &inside.root().join("public"));
}

#[test]
fn behaviours_in_markdown_join_a_value_in_toml() {
    let start = VALUES.find("[[values.behaviours]]").expect("the first behaviour");
    let end = VALUES.find("[[values]]\nid = \"cooling\"").expect("the next value");
    let short = format!("{HEAD}{}{}", &VALUES[..start], &VALUES[end..]);
    let beside = handbook()
        .file("frameworks/forge.toml", &short)
        .file("frameworks/forge/iron/hammering.md", HAMMERING)
        .file("frameworks/forge/iron/quenching.md", QUENCHING)
        .clean();
    let inside = handbook().file("frameworks/forge.toml", &format!("{HEAD}{VALUES}")).clean();
    assert_same(&beside.root().join("public"), &inside.root().join("public"));
}
