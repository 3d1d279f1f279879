import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { NumberField } from './NumberField';
import { Resizer } from './Resizer';
import { TextField } from './TextField';

afterEach(cleanup);

describe('NumberField', () => {
  const show = (props: Partial<Parameters<typeof NumberField>[0]> = {}) => {
    const onChange = vi.fn();
    render(<NumberField label="Rows" value={5} min={1} max={100} onChange={onChange} {...props} />);
    return { onChange, input: screen.getByRole<HTMLInputElement>('spinbutton', { name: 'Rows' }) };
  };

  it('reports what can be used, and says what is wrong with the rest', () => {
    const { onChange, input } = show();
    fireEvent.change(input, { target: { value: '12' } });
    expect(onChange).toHaveBeenLastCalledWith(12);
    for (const [text, message] of [
      ['500', 'At most 100.'],
      ['0', 'At least 1.'],
      ['2.5', 'A whole number, please.'],
      ['x', '"x" is not a number.'],
      ['', 'Enter a number.'],
    ] as const) {
      fireEvent.change(input, { target: { value: text } });
      expect(screen.getByText(message)).toBeTruthy();
      expect(input.getAttribute('aria-invalid')).toBe('true');
    }
    expect(onChange).toHaveBeenCalledTimes(1);
    fireEvent.blur(input);
    expect(input.value).toBe('5');
  });

  it('steps with the arrow keys inside its bounds, without rounding noise', () => {
    const { onChange, input } = show({ value: 0.2, min: 0, max: 0.3, step: 0.1 });
    fireEvent.keyDown(input, { key: 'ArrowUp' });
    expect(onChange).toHaveBeenLastCalledWith(0.3);
    fireEvent.keyDown(input, { key: 'ArrowDown', shiftKey: true });
    expect(onChange).toHaveBeenLastCalledWith(0);
  });

  it('takes an empty field for none where that is allowed', () => {
    const { onChange, input } = show({ isOptional: true });
    fireEvent.change(input, { target: { value: '' } });
    expect(onChange).toHaveBeenLastCalledWith(null);
  });
});

describe('TextField', () => {
  it('commits on Enter and on leaving, takes back on Escape', () => {
    const onChange = vi.fn();
    render(<TextField label="Name" value="a" onChange={onChange} />);
    const input = screen.getByLabelText<HTMLInputElement>('Name');
    fireEvent.change(input, { target: { value: 'b' } });
    fireEvent.keyDown(input, { key: 'Escape' });
    expect(input.value).toBe('a');
    fireEvent.blur(input);
    expect(onChange).not.toHaveBeenCalled();
    fireEvent.change(input, { target: { value: 'c' } });
    fireEvent.keyDown(input, { key: 'Enter' });
    expect(onChange).toHaveBeenCalledWith('c');
  });
});

describe('Resizer', () => {
  it('moves by keyboard and stays within its bounds', () => {
    const onResize = vi.fn();
    render(<Resizer label="Dock" direction="row" size={200} min={190} max={210} sign={-1} onResize={onResize} />);
    const line = screen.getByRole('separator', { name: 'Dock' });
    fireEvent.keyDown(line, { key: 'ArrowUp' });
    expect(onResize).toHaveBeenLastCalledWith(210);
    fireEvent.keyDown(line, { key: 'ArrowDown' });
    expect(onResize).toHaveBeenLastCalledWith(190);
    fireEvent.keyDown(line, { key: 'End' });
    expect(onResize).toHaveBeenLastCalledWith(210);
  });
});
