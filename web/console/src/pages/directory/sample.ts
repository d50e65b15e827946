/* An example of the file that members are imported from. */
const SAMPLE = [
  'userid,name,department,position,mobile,email',
  'zhangsan,张三,华南大区/广州分公司,店长,13912340001,zhangsan@example.com',
  'lisi,李四,华南大区/广州分公司,导购,13912340002,lisi@example.com',
  'wang.wu,Wang Wu,华东大区,"Manager, East",,wang.wu@example.com',
  '',
].join('\r\n');

export function downloadSample(): void {
  /* The mark tells spreadsheets that this is UTF-8. */
  const url = URL.createObjectURL(new Blob(['\ufeff' + SAMPLE], { type: 'text/csv' }));
  const a = document.createElement('a');
  a.href = url;
  a.download = 'members.csv';
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
