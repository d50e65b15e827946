/* desk/code/picture.ts - the code as a picture to print or send: QR, name, company. */
import type { Card } from '@liaison/kit';

const WIDTH = 720;
const HEIGHT = 960;
const CODE = 520;

function load(src: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const img = new Image(CODE, CODE);
    img.onload = () => resolve(img);
    img.onerror = () => reject(new Error('no picture'));
    img.src = src;
  });
}

export async function codePicture(src: string, card: Card, words: string): Promise<Blob> {
  const code = await load(src);
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no canvas');
  const font = getComputedStyle(document.body).fontFamily;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.textAlign = 'center';
  const line = (text: string, y: number, style: string, colour: string) => {
    pen.font = `${style} ${font}`;
    pen.fillStyle = colour;
    pen.fillText(text, WIDTH / 2, y, WIDTH - 80);
  };
  line(card.name, 112, '600 48px', '#1a1e27');
  const below = [card.position, card.corp.name].filter(Boolean).join(' · ');
  line(below, 168, '400 28px', '#565f70');
  pen.drawImage(code, (WIDTH - CODE) / 2, 230, CODE, CODE);
  line(words, 850, '400 28px', '#565f70');
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no blob'))), 'image/png');
  });
}
