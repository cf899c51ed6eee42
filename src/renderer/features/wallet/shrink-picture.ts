/** Any picture that the browser opens as a PNG of at most `most` pixels a side. Rejects where it is none. */
export async function shrinkPicture(file: File, most: number): Promise<string> {
  const url = URL.createObjectURL(file)
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const [wide, high] = [image.naturalWidth || most, image.naturalHeight || most]
    const scale = Math.min(1, most / Math.max(wide, high))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(wide * scale))
    canvas.height = Math.max(1, Math.round(high * scale))
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return canvas.toDataURL('image/png')
  } finally {
    URL.revokeObjectURL(url)
  }
}
