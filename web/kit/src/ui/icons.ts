/*
 * kit/ui/icons.ts - the icons, drawn with one stroke on a grid of 24.  They are
 * components, in the bundle: nothing is loaded from anywhere.
 */
import { h, type FunctionalComponent } from 'vue';

type Icon = FunctionalComponent<{ size?: number | string }>;

function icon(...paths: string[]): Icon {
  const made: Icon = ({ size = 20 }) =>
    h(
      'svg',
      {
        viewBox: '0 0 24 24',
        width: size,
        height: size,
        fill: 'none',
        stroke: 'currentColor',
        'stroke-width': 1.8,
        'stroke-linecap': 'round',
        'stroke-linejoin': 'round',
        'aria-hidden': 'true',
        focusable: 'false',
      },
      paths.map((d) => h('path', { d })),
    );
  made.props = ['size'];
  return made;
}

const circle = (x: number, y: number, r: number) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;

export const IconChat = icon('M4 5h16v11H9.500L5 19.500V16H4z');
export const IconPeople = icon(
  circle(9, 8, 3.5),
  'M2.5 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6',
  'M15.5 4.800a3.5 3.5 0 0 1 0 6.4',
  'M17.5 14.400c2.4.7 4 2.8 4 5.6',
);
export const IconPerson = icon(circle(12, 8, 4), 'M4 20.500c0-4 3.5-6.5 8-6.500s8 2.5 8 6.5');
export const IconApps = icon('M4 4h6v6H4z', 'M14 4h6v6h-6z', 'M4 14h6v6H4z', 'M14 14h6v6h-6z');
export const IconCode = icon(
  'M4 4h6v6H4z',
  'M14 4h6v6h-6z',
  'M4 14h6v6H4z',
  'M14 14h2.500v2.500H14z',
  'M20 14v2',
  'M17 20h3v-1',
  'M14 20h.5',
);
export const IconSearch = icon(circle(11, 11, 6.5), 'M16 16l4.5 4.5');
export const IconBack = icon('M15 5l-7 7 7 7');
export const IconNext = icon('M9 5l7 7-7 7');
export const IconDown = icon('M12 5v14', 'M6 13l6 6 6-6');
export const IconChart = icon('M4 4v16h16', 'M8 16v-4', 'M12 16V8', 'M16 16v-6');
export const IconClose = icon('M6 6l12 12', 'M18 6L6 18');
export const IconCheck = icon('M5 12.500l4.5 4.500L19 7.5');
export const IconChecks = icon('M2 12.500l4.5 4.500L15 8', 'M11 16.500l.8.5L21.5 8');
export const IconClock = icon(circle(12, 12, 8.5), 'M12 7.500V12l3 2');
export const IconAlert = icon(circle(12, 12, 9), 'M12 7v6', 'M12 16.500v.1');
export const IconRetry = icon('M20 11a8 8 0 1 0-1.5 5.8', 'M20 5v6h-6');
export const IconSend = icon('M4 12L20.5 4.5 15 20l-3.5-6.500z', 'M11.5 13.500L20.5 4.5');
export const IconSmile = icon(
  circle(12, 12, 9),
  'M8.5 14.500c1.8 2.3 5.2 2.3 7 0',
  'M9 9.500v.3',
  'M15 9.500v.3',
);
export const IconImage = icon('M4 5h16v14H4z', circle(9, 10, 1.4), 'M4.5 18l5-5 3 3 3.5-4 4 4.5');
export const IconFile = icon('M6 3h8l4.5 4.500V21H6z', 'M14 3v4.500h4.5');
export const IconClip = icon(
  'M20 11.500l-8 8a5 5 0 0 1-7-7l8.5-8.500a3.4 3.4 0 0 1 4.8 4.800L10 17a1.7 1.7 0 0 1-2.4-2.400l7.4-7.4',
);
export const IconDownload = icon('M12 4v11', 'M7 10.500l5 5 5-5', 'M5 20h14');
export const IconShare = icon(circle(6, 12, 2.5), circle(17.5, 5.5, 2.5), circle(17.5, 18.5, 2.5), 'M8.3 10.800l7-4', 'M8.3 13.200l7 4');
export const IconCopy = icon('M9 9h11v11H9z', 'M15 9V4H4v11h5');
export const IconLink = icon(
  'M10 14a4 4 0 0 0 6 .4l3-3a4.2 4.2 0 0 0-6-6l-1 1',
  'M14 10a4 4 0 0 0-6-.4l-3 3a4.2 4.2 0 0 0 6 6l1-1',
);
export const IconPlus = icon('M12 5v14', 'M5 12h14');
export const IconMore = icon('M5.5 12h.1', 'M12 12h.1', 'M18.5 12h.1');
export const IconFilter = icon('M4 5h16l-6 7.500v5L10 20v-7.500z');
export const IconBolt = icon('M13 3L5 13.500h6L10 21l8-10.500h-6z');
export const IconTag = icon('M4 4h8l8.5 8.5-8 8L4 12z', 'M8.5 8.500v.1');
export const IconPhone = icon(
  'M5 4h4l1.5 5-2.2 1.500a11 11 0 0 0 5.2 5.200L15 13.500l5 1.500v4c0 .6-.4 1-1 1A15 15 0 0 1 4 5c0-.6.4-1 1-1z',
);
export const IconBuilding = icon('M5 21V4h9v17', 'M14 9h5v12', 'M3 21h18', 'M8.5 8h2', 'M8.5 12h2', 'M8.5 16h2');
export const IconNote = icon('M5 4h14v16H5z', 'M8.5 9h7', 'M8.5 13h7', 'M8.5 17h3');
export const IconEdit = icon('M4 20l1-4L16.5 4.500l3 3L8 19z', 'M14 7l3 3');
export const IconTrash = icon('M4 6.500h16', 'M9 6.500V4h6v2.5', 'M6 6.500L7 20.500h10l1-14', 'M10 10.500v6', 'M14 10.500v6');
export const IconKey = icon(circle(8, 15, 4), 'M11 12l8.5-8.5', 'M16 7l3 3');
export const IconDevice = icon('M3 5h18v11H3z', 'M9 20h6', 'M12 16v4');
export const IconOut = icon('M14 4H5v16h9', 'M10 12h11', 'M17.5 8.500L21 12l-3.5 3.5');
export const IconGlobe = icon(circle(12, 12, 9), 'M3 12h18', 'M12 3c5 5.5 5 12.5 0 18c-5-5.5-5-12.5 0-18');
export const IconMoon = icon('M20 14.500A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.500z');
export const IconSun = icon(circle(12, 12, 4), 'M12 2.500v2', 'M12 19.500v2', 'M2.5 12h2', 'M19.5 12h2', 'M5.3 5.300l1.4 1.4', 'M17.3 17.300l1.4 1.4', 'M5.3 18.700l1.4-1.4', 'M17.3 6.700l1.4-1.4');
export const IconCloudOff = icon('M3 3l18 18', 'M8 8a6 6 0 0 0-1 2.100A4.5 4.5 0 0 0 7 19h10', 'M11 6.100A6 6 0 0 1 17.9 11A4 4 0 0 1 20.5 16.5');
export const IconInfo = icon(circle(12, 12, 9), 'M12 11v6', 'M12 7.500v.1');
export const IconLock = icon('M5 11h14v10H5z', 'M8 11V8a4 4 0 0 1 8 0v3');
export const IconZoom = icon(circle(11, 11, 6.5), 'M16 16l4.5 4.5', 'M8.5 11h5', 'M11 8.500v5');
export const IconQuestion = icon(circle(12, 12, 9), 'M9.5 9.500a2.5 2.5 0 1 1 3.5 2.300c-.7.3-1 .8-1 1.7', 'M12 16.800v.1');
export const IconReply = icon('M9 6L3.500 11.500 9 17', 'M4 11.500h9c4.500 0 7 2.500 7 7');
export const IconBag = icon('M5 8h14l1 12.500H4z', 'M8.500 8V7a3.500 3.500 0 0 1 7 0v1');
export const IconMoment = icon(circle(12, 12, 9), circle(12, 12, 3.2), 'M15 13.500L13.500 21', 'M9 10.500L10.500 3', 'M13.500 9.200L20.500 8', 'M10.500 14.800L3.500 16');
const heart = 'M12 20.500C6.500 16.500 3.500 13 3.500 9.300a4.600 4.600 0 0 1 8.500-2.500 4.600 4.600 0 0 1 8.500 2.500c0 3.700-3 7.200-8.500 11.200z';
export const IconHeart: FunctionalComponent<{ size?: number | string; fill?: boolean }> = ({ size = 20, fill }) =>
  h(
    'svg',
    {
      viewBox: '0 0 24 24',
      width: size,
      height: size,
      fill: fill ? 'currentColor' : 'none',
      stroke: 'currentColor',
      'stroke-width': 1.8,
      'stroke-linejoin': 'round',
      'aria-hidden': 'true',
      focusable: 'false',
    },
    [h('path', { d: heart })],
  );
IconHeart.props = { size: { type: [Number, String] }, fill: Boolean };
