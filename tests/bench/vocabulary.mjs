// The words of the made-up handbooks: stems with their inflections, and names. Synonyms are kept apart: what a reader may
// type for one of twenty words, and what never stands in the text itself.

import { seeded, shuffled } from './random.mjs';

// Regular verbs only, so that their forms can be made. A plus: the last letter doubles, as in "plan, planned".
const VERBS = `
  accept adapt address adjust admit+ advise agree answer apologise appeal appoint approach approve argue arrange
  assess assign assist assume attach attend audit authorise balance ban+ behave benefit block book borrow brief call
  cancel+ care carry cause celebrate challenge change charge chase check claim clarify clean clear climb close coach
  collect combine commend comment commission commit+ communicate compare complain complete confirm consider consult
  contact contract contribute control+ convert cook coordinate copy correct cost count cover create credit cycle
  damage debate decide declare decline decorate defend define delay delegate deliver describe design detect develop
  disclose discover discuss display distribute document double doubt draft drain drop+ earn edit elect embed+ employ
  empty enable encourage end endorse enforce enjoy enquire ensure enter equip+ escalate establish estimate evaluate
  exclude excuse exercise expect explain explore express extend fail file fill film finish fix flag+ follow forward
  frame free fulfil+ gather govern grant greet guard guess guide halt hand handle happen hire host hurry identify
  ignore improve include increase inform inspect install insure interview introduce invest investigate invite invoice
  join judge justify label+ land last launch learn level+ license lift limit link listen load locate lock log+ look
  maintain mark matter measure mediate mend mention mentor merge monitor move name negotiate nominate note notice
  notify number object observe offer open operate oppose order organise own pack paint park participate pass patrol+
  pause phone plan+ plant play point polish post postpone practise praise prefer+ prepare present press prevent print
  process procure produce progress prohibit promise promote protect prove publish pull purchase push qualify question
  queue quote raise rank rate reach react receive recognise recommend record recruit recycle reduce refer+ reflect
  regard register regret+ reject relate relax release remain remember remind remove renew rent repair repeat replace
  reply report represent request require rescue research reserve resign resolve respect respond restore restrict
  result retain return reward rotate safeguard sample save schedule screen search secure select separate serve settle
  share shelter ship+ sign signal+ simplify skip+ smile solve sort speed staff start state stay step+ stock stop+
  store stress study submit+ succeed suggest summarise supply support suspend sustain switch talk target taste tender
  test thank tidy touch tour track trade train transfer+ transform translate travel+ treat trial+ trust update upgrade
  urge use value vary visit vote wait walk warn wash waste water weigh welcome witness work worry wrap+ yield`;

const NOUNS = `
  accident absence access account action adviser advocate agency agenda agreement allotment allowance ambition
  ambulance anniversary applicant application appraisal apprentice archive assembly asset assistant attitude award
  background badge band barrier basement behaviour benefit bereavement bicycle bill bin board boiler bonus border
  borough boundary branch bridge broadcast budget builder building bulletin bus cabinet calendar campaign canteen
  capacity car career carer caretaker carpet case cashier category caution ceiling cemetery centre ceremony chair
  chapter charity chief choice church circular citizen city civility claimant clause clerk client clinic closure club
  coast code colleague college column comfort community company competence complaint compliment concern condition
  conduct conference confidence conflict connection consent consequence contractor conversation corner corridor
  cottage council councillor counter country courage course courtesy crew crime crisis culture cupboard curiosity
  currency curriculum custom date deadline decency decision deed degree democracy department deposit depot deputy
  detail device diary difference dignity dilemma director disability discipline discount dispute district diversity
  doctor doorway dress driver drought duration dwelling easement economy edition education election electrician
  element email emergency employer energy engine engineer entitlement entry envelope environment equality error estate
  ethic evening event evidence example exception exchange expense experience expert extension eyesight factor failure
  fairness faith family farm father fault favour feature fence festival field finance finding flat flood floor folder
  football footpath forest form fortnight forum foundation framework freedom friend furniture future garage garden
  gateway generation gift goal goodwill governor grade graduate graffiti gratitude gravel ground group guardian guest
  guideline gutter habit hall handbook handout harassment harbour hazard headline health hearing hedge helmet heritage
  highway history holiday home honesty honour hospital hostel hour household housing humility humour hygiene idea
  identity impact incident income indicator induction industry influence initiative injury innovation insight
  institution insurance integrity intention interest intranet inventory island item job journal journey junction
  junior kerb key keyboard kindness kitchen ladder landlord language laptop law lawyer layer leader leaflet league
  lecture legacy lesson letter liability library licence lighting line lobby locker lorry loyalty lunch machine
  magazine mailbox majority manager mandate map margin market marriage material mayor meal medal medicine meeting
  member memory merit message method midwife mileage millennium minister minority minute mirror misconduct mission
  mistake mobile module moment month monument morning mother motion motto museum music neighbour network newcomer
  newsletter night nightshift norm notebook nurse nursery obligation occasion occupation office officer opinion
  opportunity option organisation outcome outline overtime owner package panel paper paperclip parcel parent parish
  partner partnership passenger passport password path patience patient pavement payroll peer penalty pension period
  permission permit personnel petition phase photograph picture pilot pipe pitch place plaque platform playground
  pledge plumber podium policy pollution pond pool position postcode poster pothole poverty power preference premium
  presence pride principle printer priority privacy problem procedure profession profile programme project promotion
  proof property proposal prospect provider pupil purpose quality quantity quarry quarter quiz quota rail railing ramp
  range reason receipt reception reference refuge region relation relative remedy reputation reservoir resident
  resource responsibility restaurant rhythm right risk river road role roof room rota route routine rule sanction
  sandwich satisfaction scheme scholar school science scope screenshot seaside season seat secret secretary section
  sector security seminar sensor session severance shelf shop shortage sickness signature silence site skill skyline
  slogan society software solicitor solution source space speaker spirit square stadium stage stairway stakeholder
  standard statement station statue statute steward storage story strategy street strength student subject subsidy
  summary summer surface surplus survey symbol system table talent tariff teacher team technician technology telephone
  template tenant tenure territory text theatre theme theory threat ticket timber timetable title tolerance tool topic
  tower town tradition traffic transparency treasury treaty tribunal trophy trustee tunnel tutor twilight uniform
  union unit university utility vacancy valley value van vendor venue verdict version victim village violence virtue
  visitor vocation voice volunteer voucher wage wallet warehouse warrant weather website wedding weekend welfare
  wellbeing wheelchair widow window winter wisdom witness workforce workplace workshop yard year youth zone`;

const ADJECTIVES = `
  able absolute accurate active actual additional adequate annoying anonymous appropriate awkward basic bold brave
  brief bright broad busy calm capable careful central certain cheap cheerful civil clever close collective common
  compassionate competent complex confident confidential consistent constant constructive correct courageous creative
  critical curious current daily dangerous decent decisive deep deliberate detailed different difficult digital direct
  discreet distant diverse domestic due eager early effective efficient elegant elderly electric eligible embarrassing
  emotional empty endless enormous entire equal essential ethical exact excellent exceptional experienced explicit
  external extra fair faithful familiar famous fast final financial firm fixed flexible formal former fortunate frank
  frequent fresh friendly full fundamental general generous gentle genuine glad global gradual grateful great handy
  happy harmful heavy helpful honest humane humble identical immediate impartial important independent indirect
  individual informal initial inner innocent internal joint just keen kind large late lawful legal legitimate lively
  local long loud loyal major manual maximum mature mental mild minimum minor mobile modern modest moral mutual narrow
  national natural neat necessary negative neutral normal notable novel obvious occasional odd official open opposite
  optional ordinary original outdoor overall paid parental partial particular patient perfect permanent personal
  pleasant polite poor popular positive possible potential practical precise previous primary principal private
  probable professional prompt proper proportionate proud prudent public punctual quick quiet random rapid rare ready
  real reasonable recent regional regular relevant reliable remote residential respectful responsible rigid risky
  robust rural safe secure seasonal senior sensible sensitive separate serious severe short silent similar simple
  sincere single slow small smart social special specific stable steady strange strict strong subtle sudden suitable
  sure swift tactful technical temporary tenacious tender thorough thoughtful thrifty tiny tired total tough
  transparent truthful typical unique urban urgent useful usual vague valid valuable vast verbal vibrant vigilant
  visible vital voluntary vulnerable warm weak weekly wide willing wise wooden worthy written yearly young`;

const ADVERBS = `
  accurately briefly calmly carefully clearly closely correctly daily directly early easily fairly formally frankly
  freely gently honestly independently kindly locally openly patiently plainly politely promptly properly publicly
  quickly quietly rarely regularly safely securely seriously slowly soon steadily thoroughly together twice warmly
  weekly well wisely`;

const FIRST_NAMES = `
  Abena Agnes Aisha Alun Amit Anwen Arjun Beatrix Bronwen Callum Cedric Chidi Clara Conrad Dafydd Deepa Delyth Dilys
  Edwin Eilidh Elspeth Emeka Enid Farah Fergus Fiona Gareth Gethin Greta Gwen Hamza Harriet Hugh Idris Imogen Isla
  Ivor Jamal Kofi Leila Lowri Magnus Mairi Meera Morag Nadia Nerys Nia Oisin Olwen Padma Priya Rhian Rohan Ruaridh
  Saffron Samira Seren Sunil Tegan Tomasz Una Wanjiru Yusuf Zofia`;

const PLACE_BEGINNINGS = `
  Alder Apple Ash Barley Barn Beck Birch Black Bracken Bram Brook Broom Burn Cal Car Chad Chalk Clay Clover Cold
  Copper Cran Crow Dal Deer Down Dun East Eccle Elm Ewe Fal Farn Fern Finch Flax Fox Frost Gale Glen Gorse Grey Hal
  Hare Hart Hasel Hawk Heather Hex Holm Horn Hurst Ivy Kel Kestrel Kirk Lamb Lang Lark Lin Long Mal Maple Mar Mel Mill
  Moss New Nor Oak Orch Otter Pad Pen Pick Plum Quarr Rams Raven Red Ripple Rook Rush Rye Salt Sand Sedge Shel Silver
  Skel Somer Stain Stock Stone Swan Tarn Thorn Trent Ulver Wal War West Wheat Whit Willow Win Wood Yar Yew`;
const PLACE_ENDINGS = `
  acre bank beck borough bourne bridge brook bury by cliffe combe cot croft dale dean den down end field fold ford
  garth gate grange ham haven head heath hill holt hope hurst keld lands leigh ley low marsh mead mere minster moor
  mouth ness over pool port ridge rigg scar sett shaw side stead stoke stow strand thorpe thwaite ton tree vale wall
  wash water well wick wold worth`;
const SURNAME_BEGINNINGS = `
  Ab Ad Ak Al Am An Ar Bal Ban Bar Bel Ben Bor Bran Cam Car Chan Chor Col Cor Dar Das Del Dom Dor Ed El Em Er Fal Fen
  Fitz Gan Gar Gil Gor Gul Har Hay Hol Id Il Is Jan Jar Kal Kam Kar Kin Kov Lam Lar Lev Lin Lor Mac Mal Man Mar Mor
  Mul Nak Nar Nor Ob Ok Or Pal Par Pel Pet Quil Rad Ran Ros Sal San Sar Sel Shan Sin Sor Tal Tan Tem Tor Ul Val Var
  Vin Wal Wen Yal Yar Zal Zim`;
const SURNAME_ENDINGS = `
  abe ada adze aka akis alo amba ande ansky ard aro asco ashe ati avan awe berg by cott dale den dorf dunn egbe ekka
  ella enko eridge erton esh etti ewski field foss gan gill goff grave haw holm iah ides igan ikov ington inski io
  iran itch ivan kett kin laine land lett lock low man mer mond mount nell nock oba odu okafor olu ope orne oska otto
  ova pole quist rell rick roy sen sham shaw skell son stad strom sy tell thew tin tree uka una uri vale vey wade wen
  wick yan yer zetti`;

// What handbooks speak of most, so that the commonest words aren't just any.
const COMMONEST = `
  work manager team colleague council report plan check record support policy resident meeting agree share change
  member complaint decision safe clear important different regular officer value role respect respond partner property
  risk`;

/** What readers may type for a word of the handbook. The others, on the right, never stand in the text. */
export const SYNONYMS = {
  absence: ['truancy'],
  accident: ['mishap'],
  appraisal: ['PDR', 'performance review'],
  apprentice: ['trainee'],
  bin: ['refuse', 'rubbish'],
  budget: ['funding pot'],
  car: ['motor vehicle', 'automobile'],
  complaint: ['grievance'],
  disability: ['impairment'],
  gift: ['freebie', 'hospitality'],
  harassment: ['bullying'],
  holiday: ['annual leave', 'vacation'],
  induction: ['onboarding'],
  laptop: ['computer'],
  manager: ['supervisor', 'boss'],
  misconduct: ['wrongdoing'],
  pension: ['superannuation', 'retirement fund'],
  resident: ['customer', 'ratepayer'],
  rota: ['duty roster', 'shift pattern'],
  wage: ['salary', 'remuneration'],
};

/**
 * The vocabulary of a handbook of so many pages; the larger, the more names. A lexeme is one word in all its forms:
 * `{ id, forms: { base, s, ed, ing } }` for a verb, `{ one, many }` for a noun, `{ base }` for all others. What is written
 * alike has one id, be it a verb or a noun. Each list begins with its commonest word.
 */
export function vocabulary(pages) {
  // Which words are common is part of the vocabulary, so it's the same in each handbook.
  const random = seeded(1);
  const list = (text) => commonestFirst(shuffled(split(text), random));
  const verbs = list(VERBS);
  const adjectives = list(ADJECTIVES);
  const names = Math.round(48 * Math.sqrt(pages));
  const words = {
    verbs: [...verbs, ...shuffled(joined(split('re over mis'), verbs), random)].map(verb),
    nouns: list(NOUNS).map(noun),
    adjectives: [...adjectives, ...shuffled(joined(['un'], adjectives), random)].map(other),
    adverbs: list(ADVERBS).map(other),
    places: shuffled(joined(split(PLACE_BEGINNINGS), split(PLACE_ENDINGS)), random).slice(0, names).map(other),
    surnames: shuffled(joined(split(SURNAME_BEGINNINGS), split(SURNAME_ENDINGS)), random).slice(0, names).map(other),
    firstNames: list(FIRST_NAMES).map(other),
  };
  expectSynonymsApart(words);
  return words;
}

function split(text) {
  return text.trim().split(/\s+/);
}

function commonestFirst(words) {
  const commonest = new Set(split(COMMONEST));
  return [...words.filter((word) => commonest.has(word)), ...words.filter((word) => !commonest.has(word))];
}

/** Each beginning with each ending, but for what is a word without that: "resign" isn't to sign again. */
function joined(beginnings, endings) {
  const whole = new Set(endings);
  const all = beginnings.flatMap((beginning) => endings.map((ending) => beginning + ending));
  return [...new Set(all)].filter((word) => !whole.has(word));
}

function verb(marked) {
  const base = marked.replace('+', '');
  const stem = marked.endsWith('+') ? base + base.at(-1) : base;
  const ed = endsInConsonantAndY(stem) ? `${stem.slice(0, -1)}ied` : stem.endsWith('e') ? `${stem}d` : `${stem}ed`;
  const ing = /[^eo]e$/.test(stem) ? `${stem.slice(0, -1)}ing` : `${stem}ing`;
  return { id: base, forms: { base, s: withS(base), ed, ing } };
}

function noun(one) {
  return { id: one, forms: { one, many: withS(one) } };
}

function other(base) {
  return { id: base, forms: { base } };
}

function withS(word) {
  if (endsInConsonantAndY(word)) return `${word.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(word) ? `${word}es` : word.replace(/elf$/, 'elve') + 's';
}

function endsInConsonantAndY(word) {
  return /[^aeiou]y$/.test(word);
}

function expectSynonymsApart(words) {
  const forms = new Set(Object.values(words).flat().flatMap((lexeme) => Object.values(lexeme.forms)));
  for (const [word, others] of Object.entries(SYNONYMS)) {
    const wrong = others.flatMap((other) => other.toLowerCase().split(' ')).filter((other) => forms.has(other));
    if (wrong.length > 0) throw new Error(`"${wrong}" stands for "${word}", so it can't be in the vocabulary too`);
    if (!forms.has(word)) throw new Error(`"${word}" isn't in the vocabulary`);
  }
}
