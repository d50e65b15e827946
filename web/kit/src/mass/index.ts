/* kit/mass - mass messages: what desk and console show of them alike. */
export { default as MassBubbles } from './MassBubbles.vue';
export { default as MassForm } from './MassForm.vue';
